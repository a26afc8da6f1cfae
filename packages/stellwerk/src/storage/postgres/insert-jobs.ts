import type { DispatchGroup, NewJob } from '../dispatch-store.ts'
import { numberArray, textArray } from './array-literals.ts'
import type { PostgresStatements } from './postgres-database.ts'

/** Ids are drawn from the sequence in input order, before the rows are written; `$16` names what to notify, empty = nothing. */
const insertJobsSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  input AS MATERIALIZED (
    SELECT nextval('${s}.job_id') AS id, i.*, m.at, coalesce(i.given_run_at, m.at + i.delay_ms) AS run_at
      FROM moment m CROSS JOIN unnest($2::text[], $3::int[], $4::text[], $5::smallint[], $6::int[], $7::text[], $8::text[], $9::bigint[],
        $10::bigint[], $11::int[], $12::int[], $13::bigint[], $14::text[]) WITH ORDINALITY
        AS i(type, type_version, queue, priority, weight, payload, options, delay_ms, given_run_at, tries, max_crashes, parent_id, run_id, ord)
  ),
  job AS (
    INSERT INTO ${s}.job (id, run_at, created_at, position, parent_id, tries, max_crashes, weight, type_version, priority, state, type, queue,
                          run_id, options, payload)
    SELECT id, run_at, at, run_at - weight * 1000::bigint, parent_id, tries, max_crashes, weight, type_version, priority,
           CASE WHEN run_at > at THEN 'scheduled' ELSE 'pending' END, type, queue, run_id, options, payload
      FROM input
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, CASE WHEN run_at > at THEN 'scheduled' ELSE 'pending' END, count(*) FROM input GROUP BY 1, 2, 3
  )
  INSERT INTO ${s}.dispatch_receipt (token, at, job_ids)
  SELECT $1, (SELECT at FROM moment), coalesce((SELECT array_agg(id ORDER BY ord) FROM input), '{}')
  RETURNING job_ids, (SELECT count(pg_notify($15, q)) FROM unnest($16::text[]) AS q) AS notified`

/** What to notify together with the commit; `queues` empty = nothing. */
export interface Notice {
  readonly channel: string
  readonly queues: readonly string[]
}

/** Inserts a group of jobs with receipt, counters and wake-up. */
export type InsertJobs = (db: PostgresStatements, group: DispatchGroup, notice: Notice) => Promise<readonly number[]>

/** One statement, one commit: all jobs of the group or none; their ids in input order. A token that exists is a unique violation (23505). */
export function createInsertJobs(schema: string): InsertJobs {
  const sql = insertJobsSql(schema)
  return async (db, group, notice) => {
    const rows = await db.query<{ job_ids: number[] }>(sql, [
      group.token,
      ...jobColumns(group.jobs),
      notice.channel,
      textArray(notice.queues),
    ])
    return rows[0]?.job_ids ?? []
  }
}

function jobColumns(jobs: readonly NewJob[]): readonly string[] {
  return [
    textArray(jobs.map((job) => job.type)),
    numberArray(jobs.map((job) => job.typeVersion)),
    textArray(jobs.map((job) => job.queue)),
    numberArray(jobs.map((job) => job.priority)),
    numberArray(jobs.map((job) => job.weight)),
    textArray(jobs.map((job) => job.payload)),
    textArray(jobs.map((job) => job.options)),
    numberArray(jobs.map((job) => job.delayMs)),
    numberArray(jobs.map((job) => job.runAt)),
    numberArray(jobs.map((job) => Math.min(job.tries, maxInt))),
    numberArray(jobs.map((job) => Math.min(job.maxCrashes, maxInt))),
    numberArray(jobs.map((job) => job.parentId)),
    textArray(jobs.map((job) => job.runId)),
  ]
}

/** Infinite tries are stored as the largest int4. */
const maxInt = 2_147_483_647
