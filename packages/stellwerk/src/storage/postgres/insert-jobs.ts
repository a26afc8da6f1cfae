import type { DispatchGroup, NewJob } from '../dispatch-store.ts'
import { numberArray, textArray, wholeNumberArray } from './array-literals.ts'
import { groupShapes, type JobShapes } from './job-shapes.ts'
import type { PostgresStatements } from './postgres-database.ts'

/** Rows are written, and ids drawn, in input order. `$17` names what to notify, empty = nothing. */
const insertJobsSql = (s: string, source: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  inserted AS (
    INSERT INTO ${s}.job (id, run_at, created_at, position, parent_id, tries, max_crashes, weight, type_version, priority, state, type, queue,
                          run_id, options, payload)
    SELECT nextval('${s}.job_id'), run_at, at, run_at - weight * 1000::bigint, parent_id, tries, max_crashes, weight, type_version, priority,
           CASE WHEN run_at > at THEN 'scheduled' ELSE 'pending' END, type, queue, run_id, options, payload
      FROM (SELECT source.*, m.at, coalesce(given_run_at, m.at + delay_ms) AS run_at FROM (${source}) AS source CROSS JOIN moment AS m) AS timed
    RETURNING id, type, queue, state
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta) SELECT queue, type, state, count(*) FROM inserted GROUP BY queue, type, state
  )
  INSERT INTO ${s}.dispatch_receipt (token, at, job_ids)
  SELECT $1, (SELECT at FROM moment), coalesce((SELECT array_agg(id ORDER BY id) FROM inserted), '{}')
  RETURNING job_ids, (SELECT count(pg_notify($16, q)) FROM unnest($17::text[]) AS q) AS notified`

const shapeColumns =
  'type, type_version, queue, priority, weight, options, delay_ms, given_run_at, tries, max_crashes, parent_id, run_id'
const shapeArrays =
  '$4::text[], $5::int[], $6::text[], $7::smallint[], $8::int[], $9::text[], $10::bigint[], $11::bigint[], $12::int[], $13::int[], $14::bigint[], $15::text[]'

/** The first of each shape array, whatever `$2` says: the planner folds it into a constant. */
const firstOfEach = shapeArrays
  .split(', ')
  .map((array, index) => `(${array})[($2::int[])[1]] AS ${shapeColumns.split(', ')[index]}`)
  .join(', ')

/** Each further array that is unnested costs more than a twentieth of the statement: jobs of one shape unnest their payloads alone. */
const oneShape = `SELECT payload, ${firstOfEach} FROM unnest($3::text[]) AS p(payload)`

const manyShapes = /* sql */ `
  SELECT p.payload, ${shapeColumns}
    FROM unnest($2::int[], $3::text[]) WITH ORDINALITY AS p(n, payload, ord)
    JOIN unnest(${shapeArrays}) WITH ORDINALITY AS shape(${shapeColumns}, n) USING (n)
   ORDER BY p.ord`

/** What to notify together with the commit; `queues` empty = nothing. */
export interface Notice {
  readonly channel: string
  readonly queues: readonly string[]
}

/** Inserts a group of jobs with receipt, counters and wake-up. */
export type InsertJobs = (db: PostgresStatements, group: DispatchGroup, notice: Notice) => Promise<readonly number[]>

/** One statement, one commit: all jobs of the group or none; their ids in input order. A token that exists is a unique violation (23505). */
export function createInsertJobs(schema: string): InsertJobs {
  const one = insertJobsSql(schema, oneShape)
  const many = insertJobsSql(schema, manyShapes)
  return async (db, group, notice) => {
    const shapes = groupShapes(group.jobs)
    const rows = await db.query<{ job_ids: number[] }>(shapes.shapes.length === 1 ? one : many, [
      group.token,
      wholeNumberArray(shapes.numbers),
      textArray(group.jobs.map((job) => job.payload)),
      ...shapeValues(shapes),
      notice.channel,
      textArray(notice.queues),
    ])
    return rows[0]?.job_ids ?? []
  }
}

function shapeValues({ shapes }: JobShapes): readonly string[] {
  const numbers = (pick: (job: NewJob) => number | null): string => numberArray(shapes.map(pick))
  const texts = (pick: (job: NewJob) => string | null): string => textArray(shapes.map(pick))
  return [
    texts((job) => job.type),
    numbers((job) => job.typeVersion),
    texts((job) => job.queue),
    numbers((job) => job.priority),
    numbers((job) => job.weight),
    texts((job) => job.options),
    numbers((job) => job.delayMs),
    numbers((job) => job.runAt),
    numbers((job) => Math.min(job.tries, maxInt)),
    numbers((job) => Math.min(job.maxCrashes, maxInt)),
    numbers((job) => job.parentId),
    texts((job) => job.runId),
  ]
}

/** Infinite tries are stored as the largest int4. */
const maxInt = 2_147_483_647
