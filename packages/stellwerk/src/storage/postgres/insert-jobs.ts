import type { DispatchGroup, NewJob } from '../dispatch-store.ts'
import { numberArray, textArray, textArrayBytes, wholeNumberArray } from './array-literals.ts'
import { groupShapes } from './job-shapes.ts'
import { laneKeySql } from './lane-key.ts'
import type { PostgresStatements } from './postgres-database.ts'

/** A group of one shape: by the function of the schema, which keeps its plan. */
const insertBlockSql = (s: string): string =>
  `SELECT first_id AS "firstId", ids, born_at AS at, is_claimed AS "isClaimed" FROM ${s}.insert_block(${Array.from({ length: 17 }, (_, index) => `$${index + 1}`)})`

const laneOfNew = laneKeySql({ queue: 'queue', type: 'type', inBatch: 'false', priority: 'priority' })

/** A group of several shapes. Rows are written, and ids drawn, in input order. `$17` names what to notify, empty = nothing. */
const insertJobsSql = (s: string, source: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  inserted AS (
    INSERT INTO ${s}.job (id, run_at, created_at, position, lane, parent_id, tries, max_crashes, weight, type_version, priority, state, type, queue,
                          run_id, options, payload)
    SELECT nextval('${s}.job_id'), run_at, at, run_at - weight * 1000::bigint, ${laneOfNew}, parent_id, tries, max_crashes, weight, type_version, priority,
           CASE WHEN run_at > at THEN 'scheduled' ELSE 'pending' END, type, queue, run_id, options, payload
      FROM (SELECT source.*, m.at, coalesce(given_run_at, m.at + delay_ms) AS run_at FROM (${source}) AS source CROSS JOIN moment AS m) AS timed
    RETURNING id, type, queue, state
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta) SELECT queue, type, state, count(*) FROM inserted GROUP BY queue, type, state
  )
  INSERT INTO ${s}.dispatch_receipt (token, at, job_ids)
  SELECT $1, (SELECT at FROM moment), coalesce((SELECT array_agg(id ORDER BY id) FROM inserted), '{}')
  RETURNING job_ids AS ids, at, false AS "isClaimed", (SELECT count(pg_notify($16, q)) FROM unnest($17::text[]) AS q) AS notified`

const shapeColumns =
  'type, type_version, queue, priority, weight, options, delay_ms, given_run_at, tries, max_crashes, parent_id, run_id'
const shapeArrays =
  '$4::text[], $5::int[], $6::text[], $7::smallint[], $8::int[], $9::text[], $10::bigint[], $11::bigint[], $12::int[], $13::int[], $14::bigint[], $15::text[]'

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

/** A group that is in. */
export interface InsertedGroup {
  readonly ids: readonly number[]
  /** When it was inserted, Unix ms. */
  readonly at: number
  /** All of it is in the hands of the station that was named. */
  readonly isClaimed: boolean
}

/** How a group is inserted. */
export interface InsertMode {
  readonly notice: Notice
  /** Has the jobs at once, if it lives, all of them are due, and are of one shape. */
  readonly stationId: string | null
}

/** Inserts a group of jobs with receipt, counters and wake-up. */
export type InsertJobs = (db: PostgresStatements, group: DispatchGroup, mode: InsertMode) => Promise<InsertedGroup>

/** Sends a group of any shapes as a statement of its own, whose parameters are all texts with casts. */
export type InsertGroup = (db: PostgresStatements, group: DispatchGroup, notice: Notice) => Promise<InsertedGroup>

/** One statement: all jobs of the group or none; their ids in input order. A token that exists is a unique violation (23505). */
export function createInsertGroup(schema: string): InsertGroup {
  const several = insertJobsSql(schema, manyShapes)
  return async (db, group, notice) => {
    const { shapes, numbers } = groupShapes(group.jobs)
    const [inserted] = await db.query<InsertedGroup>(several, [
      group.token,
      wholeNumberArray(numbers),
      textArray(group.jobs.map((job) => job.payload)),
      ...shapeValues(shapes),
      notice.channel,
      textArray(notice.queues),
    ])
    return inserted ?? noGroup
  }
}

const noGroup: InsertedGroup = { ids: [], at: 0, isClaimed: false }

/** As {@link createInsertGroup}, faster for groups of one shape, and able to hand those to a station at once. */
export function createInsertJobs(schema: string): InsertJobs {
  const oneShape = insertBlockSql(schema)
  const insertGroup = createInsertGroup(schema)
  return async (db, group, { notice, stationId }) => {
    const { shapes } = groupShapes(group.jobs)
    const [shape] = shapes
    if (shapes.length !== 1 || shape === undefined) return await insertGroup(db, group, notice)
    const [inserted] = await db.query<InsertedBlock>(oneShape, [
      group.token,
      textArrayBytes(group.jobs.map((job) => job.payload)),
      ...oneShapeValues(shape),
      notice.channel,
      textArray(notice.queues),
      stationId,
    ])
    return inserted === undefined ? noGroup : { ...inserted, ids: idsOf(inserted, group.jobs.length) }
  }
}

/** Ids that follow each other are named by the first, others one by one. */
type InsertedBlock = Pick<InsertedGroup, 'at' | 'isClaimed'> & BlockOfIds
type BlockOfIds = { readonly firstId: number; readonly ids: null } | { readonly firstId: null; readonly ids: number[] }

function idsOf({ firstId, ids }: BlockOfIds, jobs: number): readonly number[] {
  return firstId === null ? ids : Array.from({ length: jobs }, (_, index) => firstId + index)
}

function oneShapeValues(job: NewJob): readonly unknown[] {
  const { type, typeVersion, queue, priority, weight, options, delayMs, runAt, tries, maxCrashes, parentId, runId } =
    job
  const budgets = [Math.min(tries, maxInt), Math.min(maxCrashes, maxInt)]
  return [type, typeVersion, queue, priority, weight, options, delayMs, runAt, ...budgets, parentId, runId]
}

function shapeValues(shapes: readonly NewJob[]): readonly string[] {
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
