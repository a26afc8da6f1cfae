import type { CompletedOutcome } from '../outcome-store.ts'
import { textArray, wholeNumberArray } from './array-literals.ts'
import { packedNumber, packOutcomes } from './packed-numbers.ts'
import type { PostgresStatements } from './postgres-database.ts'
import type { SettledGroup } from './settled-group.ts'

const ofOrd = { numbers: 'numbers', ord: 'ord' }
const resultStart = `coalesce(${packedNumber('result_end', { numbers: 'numbers', ord: '(ord - 1)' })}, 0)`
const resultEnd = packedNumber('result_end', ofOrd)
const claimSeqOfRow = packedNumber('claim_seq', {
  numbers: '(SELECT numbers FROM packed)',
  ord: 'width_bucket(j.id, (SELECT ids FROM packed))',
})

/**
 * The outcomes are sorted by id, so a row finds its place among them by halving (`width_bucket`), and nothing is joined: one scan by all the ids, whatever the planner believes
 * about the table. The ids come out of a sub-select, so that it does not look each of them up in its statistics; the guard is one expression, so that no partial index fits it.
 */
const settleCompletedSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  packed AS MATERIALIZED (SELECT $1::bigint[] AS ids, $2::bigint[] AS numbers, $3::bytea AS results, $4::text[] AS workers),
  won AS (
    DELETE FROM ${s}.job AS j
     WHERE j.id = ANY((SELECT ids FROM packed)::bigint[])
       AND CASE WHEN j.state = 'processing' AND j.claim_seq = ${claimSeqOfRow} THEN true ELSE false END
    RETURNING j.id, j.run_at, j.created_at, j.claimed_at, j.parent_id, j.claim_seq, j.attempt, j.failures, j.crashes, j.max_crashes, j.weight,
              j.type_version, j.priority, j.progress, j.type, j.queue, j.station_id, j.run_id, j.batch_id, j.progress_note, j.options, j.payload,
              width_bucket(j.id, (SELECT ids FROM packed)) AS ord
  ),
  finished AS (
    INSERT INTO ${s}.finished_job
      (id, finished_at, run_at, created_at, started_at, claimed_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, parent_id, claim_seq,
       attempt, tries, failures, crashes, priority, progress, state, type, queue, station_id, worker_id, run_id, batch_id, progress_note)
    SELECT id, (SELECT at FROM moment), run_at, created_at, ${packedNumber('started_at', ofOrd)}, claimed_at, ${packedNumber('wait_ms', ofOrd)},
           ${packedNumber('run_ms', ofOrd)}, ${packedNumber('cpu_ms', ofOrd)}, ${packedNumber('memory_bytes', ofOrd)}, ${packedNumber('memory_peak_bytes', ofOrd)}, parent_id,
           claim_seq, attempt, ${packedNumber('tries', ofOrd)}, failures, crashes, priority, progress, 'completed', type, queue, station_id,
           workers[${packedNumber('worker', ofOrd)}], run_id, batch_id, progress_note
      FROM won CROSS JOIN packed
  ),
  payload AS (
    INSERT INTO ${s}.finished_payload (id, finished_at, weight, type_version, max_crashes, options, payload, result)
    SELECT id, (SELECT at FROM moment), weight, type_version, max_crashes, options, payload,
           CASE WHEN ${resultEnd} > ${resultStart}
                THEN convert_from(substr(results, ${resultStart} + 1, ${resultEnd} - ${resultStart}), 'UTF8') END
      FROM won CROSS JOIN packed
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

/** T5 for many at once, sorted by id, of one id the newest claim last: moves what wins its guard to the history, payloads and results beside it, counters with it. */
export function createSettleCompleted(schema: string): SettleCompleted {
  const sql = settleCompletedSql(schema)
  return (db, outcomes) => {
    const workers = [...new Set(outcomes.map(({ workerId }) => workerId ?? null))]
    const { numbers, results } = packOutcomes(outcomes, new Map(workers.map((id, index) => [id, index + 1])))
    return db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map(({ id }) => id)),
      numbers,
      results,
      textArray(workers),
    ])
  }
}
