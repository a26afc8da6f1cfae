import type { FailedOutcome } from '../outcome-store.ts'
import { booleanArray, textArray, wholeNumberArray } from './array-literals.ts'
import { countedGroups } from './counted-groups.ts'
import { deadLetterSql } from './dead-letter-sql.ts'
import { heldClaim } from './held-claim.ts'
import type { PostgresStatements } from './postgres-database.ts'
import { failureArrays, runArrays, type SettledBy, type SettledGroup } from './settled-group.ts'

const settleFailedSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bool[], $16::bool[], $18::text[])
      WITH ORDINALITY AS i(id, claim_seq, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, tries,
                           kind, error_class, message, stack, causes, threw, has_hook, ran_on, ord)
  ),
  won AS (
    DELETE FROM ${s}.job AS j USING input AS i
     WHERE j.id = i.id AND ${heldClaim}
    RETURNING j.*, i.ord, i.started_at, i.wait_ms, i.run_ms, i.cpu_ms, i.memory_bytes, i.memory_peak_bytes, i.tries AS final_tries, i.kind,
              i.error_class, i.message, i.stack, i.causes, i.threw, i.has_hook, i.ran_on, ${deadLetterSql('$19', 'j')} AS dead_letter
  ),
  failed AS (
    INSERT INTO ${s}.failed_job
      (id, run_at, created_at, position, claimed_at, parent_id, failed_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes,
       claim_seq, attempt, tries, failures, exceptions, crashes, max_crashes, weight, type_version, priority, progress, in_batch, solo, type, queue,
       station_id, worker_id, run_id, batch_id, kind, error_class, error_message, hook, origin_queue, progress_note, options, payload)
    SELECT w.id, w.run_at, w.created_at, w.position, w.claimed_at, w.parent_id, m.at, w.started_at, w.wait_ms, w.run_ms, w.cpu_ms, w.memory_bytes,
           w.memory_peak_bytes, w.claim_seq, w.attempt, w.final_tries, w.failures + 1, w.exceptions + w.threw::int, w.crashes, w.max_crashes, w.weight,
           w.type_version, w.priority, w.progress, w.in_batch, w.solo, w.type, coalesce(w.dead_letter, w.queue), w.station_id,
           w.ran_on, w.run_id, w.batch_id, w.kind, w.error_class, w.message, CASE WHEN w.has_hook THEN 'due' END,
           CASE WHEN w.dead_letter IS NOT NULL THEN w.queue END, w.progress_note, w.options, w.payload
      FROM won AS w CROSS JOIN moment AS m
  ),
  attempt AS (
    INSERT INTO ${s}.job_attempt (job_id, started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes, claim_seq, attempt, kind, error_class,
                                  message, stack, causes, host, station_id, worker_id)
    SELECT w.id, w.started_at, m.at, w.run_ms, w.memory_bytes, w.memory_peak_bytes, w.claim_seq, w.attempt, w.kind, w.error_class,
           w.message, w.stack, w.causes, coalesce(st.host, ''), $17, w.ran_on
      FROM won AS w CROSS JOIN moment AS m LEFT JOIN ${s}.station AS st ON st.id = $17
  ),${countedGroups(s, `SELECT queue, type, 'failed' AS state, coalesce(dead_letter, queue) AS counted_in, ord FROM won`)}`

/** Ends claims of one station for good. */
export type SettleFailed = (
  db: PostgresStatements,
  by: SettledBy,
  outcomes: readonly FailedOutcome[],
) => Promise<readonly SettledGroup[]>

/** T6 to failed, for many at once: moves what wins its guard to the failed jobs, with attempt rows and counters. */
export function createSettleFailed(schema: string): SettleFailed {
  const sql = settleFailedSql(schema)
  return (db, { stationId, deadLetters }, outcomes) =>
    db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      ...runArrays(outcomes),
      ...failureArrays(outcomes.map((outcome) => outcome.failure)),
      booleanArray(outcomes.map((outcome) => outcome.threw)),
      booleanArray(outcomes.map((outcome) => outcome.hook)),
      stationId,
      textArray(outcomes.map((outcome) => outcome.workerId ?? null)),
      JSON.stringify(deadLetters),
    ])
}
