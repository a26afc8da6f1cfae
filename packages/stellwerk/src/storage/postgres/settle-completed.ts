import type { CompletedOutcome } from '../outcome-store.ts'
import { textArray } from './array-literals.ts'
import { heldClaim } from './held-claim.ts'
import { packedNumbers, settledColumns } from './packed-numbers.ts'
import type { PostgresStatements } from './postgres-database.ts'
import type { SettledGroup } from './settled-group.ts'

const settleCompletedSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  packed AS MATERIALIZED (SELECT $1::bigint[] AS numbers, $3::text[] AS workers),
  won AS (
    DELETE FROM ${s}.job AS j
     USING (SELECT ord, result, workers, ${settledColumns} FROM packed CROSS JOIN unnest($2::text[]) WITH ORDINALITY AS r(result, ord)) AS i
     WHERE j.id = i.id AND ${heldClaim}
    RETURNING j.id, j.run_at, j.created_at, j.claimed_at, j.parent_id, j.claim_seq, j.attempt, j.failures, j.crashes, j.max_crashes, j.weight,
              j.type_version, j.priority, j.progress, j.type, j.queue, j.station_id, i.workers[i.worker] AS worker_id, j.run_id, j.batch_id, j.progress_note,
              j.options, j.payload, i.started_at, i.wait_ms, i.run_ms, i.cpu_ms, i.memory_bytes, i.memory_peak_bytes, i.tries, i.result, i.ord
  ),
  finished AS (
    INSERT INTO ${s}.finished_job
      (id, finished_at, run_at, created_at, started_at, claimed_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, parent_id, claim_seq,
       attempt, tries, failures, crashes, priority, progress, state, type, queue, station_id, worker_id, run_id, batch_id, progress_note)
    SELECT id, (SELECT at FROM moment), run_at, created_at, started_at, claimed_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes,
           parent_id, claim_seq, attempt, tries, failures, crashes, priority, progress, 'completed', type, queue, station_id, worker_id, run_id,
           batch_id, progress_note
      FROM won
  ),
  payload AS (
    INSERT INTO ${s}.finished_payload (id, finished_at, weight, type_version, max_crashes, options, payload, result)
    SELECT id, (SELECT at FROM moment), weight, type_version, max_crashes, options, payload, result FROM won
  ),
  grouped AS MATERIALIZED (SELECT queue, type, array_agg(ord) AS ords FROM won GROUP BY queue, type),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign * cardinality(ords)
      FROM grouped CROSS JOIN (VALUES ('processing', -1), ('completed', 1)) AS side(state, sign)
  )
  SELECT queue, type, ords, (SELECT at FROM moment) AS at FROM grouped`

/** Ends claims of one kind. */
export type SettleCompleted = (
  db: PostgresStatements,
  outcomes: readonly CompletedOutcome[],
) => Promise<readonly SettledGroup[]>

/** T5 for many at once: moves what wins its guard to the history, payloads and results beside it, counters with it. */
export function createSettleCompleted(schema: string): SettleCompleted {
  const sql = settleCompletedSql(schema)
  return (db, outcomes) => {
    const workers = [...new Set(outcomes.map(({ workerId }) => workerId ?? null))]
    return db.query<SettledGroup>(sql, [
      packedNumbers(outcomes, new Map(workers.map((id, index) => [id, index + 1]))),
      textArray(outcomes.map((outcome) => outcome.result)),
      textArray(workers),
    ])
  }
}
