import type { RetryingOutcome } from '../outcome-store.ts'
import { booleanArray, numberArray, textArray, wholeNumberArray } from './array-literals.ts'
import { countedGroups } from './counted-groups.ts'
import { heldClaim } from './held-claim.ts'
import type { PostgresStatements } from './postgres-database.ts'
import { failureArrays, runArrays, type SettledGroup } from './settled-group.ts'

const settleRetryingSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bool[], $16::bigint[], $18::text[])
      WITH ORDINALITY AS i(id, claim_seq, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, tries,
                           kind, error_class, message, stack, causes, threw, delay_ms, ran_on, ord)
  ),
  won AS (
    UPDATE ${s}.job AS j
       SET state = 'retrying', failures = failures + 1, exceptions = exceptions + i.threw::int, tries = i.tries, solo = false,
           run_at = m.at + i.delay_ms, position = m.at + i.delay_ms - j.weight * 1000::bigint, claimed_at = NULL, station_id = NULL,
           worker_id = NULL, progress = NULL, progress_note = NULL
      FROM input AS i CROSS JOIN moment AS m
     WHERE j.id = i.id AND ${heldClaim}
    RETURNING j.queue, j.type, j.attempt, i.*
  ),
  attempt AS (
    INSERT INTO ${s}.job_attempt_by_day (job_id, started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes, claim_seq, attempt, kind,
                                         error_class, message, stack, causes, host, station_id, worker_id)
    SELECT w.id, w.started_at, m.at, w.run_ms, w.memory_bytes, w.memory_peak_bytes, w.claim_seq, w.attempt, w.kind, w.error_class,
           w.message, w.stack, w.causes, coalesce(st.host, ''), $17, w.ran_on
      FROM won AS w CROSS JOIN moment AS m LEFT JOIN ${s}.station AS st ON st.id = $17
  ),${countedGroups(s, `SELECT queue, type, 'retrying' AS state, queue AS counted_in, ord FROM won`)}`

/** Ends claims of one station that will be tried again. */
export type SettleRetrying = (
  db: PostgresStatements,
  stationId: string,
  outcomes: readonly RetryingOutcome[],
) => Promise<readonly SettledGroup[]>

/** T6 to retrying, for many at once: budgets raised, due after their delays, with attempt rows and counters. */
export function createSettleRetrying(schema: string): SettleRetrying {
  const sql = settleRetryingSql(schema)
  return (db, stationId, outcomes) =>
    db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      ...runArrays(outcomes),
      ...failureArrays(outcomes.map((outcome) => outcome.failure)),
      booleanArray(outcomes.map((outcome) => outcome.threw)),
      numberArray(outcomes.map((outcome) => outcome.delayMs)),
      stationId,
      textArray(outcomes.map((outcome) => outcome.workerId ?? null)),
    ])
}
