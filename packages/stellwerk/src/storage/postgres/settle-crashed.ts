import type { CrashedOutcome } from '../outcome-store.ts'
import { booleanArray, textArray, wholeNumberArray } from './array-literals.ts'
import { countedGroups } from './counted-groups.ts'
import { deadLetterSql } from './dead-letter-sql.ts'
import { heldClaim } from './held-claim.ts'
import type { PostgresStatements } from './postgres-database.ts'
import { failureArrays, runArrays, type SettledBy, type SettledGroup } from './settled-group.ts'

/** Whether this crash is the last that the job may have. */
const isLast = `CASE WHEN i.counted AND j.crashes + 1 >= j.max_crashes THEN true ELSE false END`

/** What won: back in its lane, or failed for good. */
const ended = `SELECT queue, type, 'pending' AS state, queue AS counted_in, ord FROM back
    UNION ALL SELECT queue, type, 'failed', coalesce(dead_letter, queue), ord FROM gone`

const settleCrashedSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bool[], $16::bool[], $17::bool[], $18::text[])
      WITH ORDINALITY AS i(id, claim_seq, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, tries,
                           kind, error_class, message, stack, causes, counted, solo, has_hook, worker_id, ord)
  ),
  back AS (
    UPDATE ${s}.job AS j
       SET state = 'pending', crashes = j.crashes + i.counted::int, attempt = j.attempt - (NOT i.counted)::int, tries = i.tries,
           solo = j.solo OR i.solo, claimed_at = NULL, station_id = NULL, worker_id = NULL
      FROM input AS i
     WHERE j.id = i.id AND ${heldClaim} AND NOT ${isLast}
    RETURNING j.queue, j.type, j.attempt, i.*
  ),
  gone AS (
    DELETE FROM ${s}.job AS j USING input AS i
     WHERE j.id = i.id AND ${heldClaim} AND ${isLast}
    RETURNING j.*, i.ord, i.started_at, i.wait_ms, i.run_ms, i.cpu_ms, i.memory_bytes, i.memory_peak_bytes, i.tries AS final_tries, i.kind,
              i.error_class, i.message, i.stack, i.causes, i.has_hook, i.worker_id AS ran_on, ${deadLetterSql('$20', 'j')} AS dead_letter
  ),
  failed AS (
    INSERT INTO ${s}.failed_job
      (id, run_at, created_at, position, claimed_at, parent_id, failed_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes,
       claim_seq, attempt, tries, failures, exceptions, crashes, max_crashes, weight, type_version, priority, progress, in_batch, solo, type, queue,
       station_id, worker_id, run_id, batch_id, kind, error_class, error_message, hook, origin_queue, progress_note, options, payload)
    SELECT g.id, g.run_at, g.created_at, g.position, g.claimed_at, g.parent_id, m.at, g.started_at, g.wait_ms, g.run_ms, g.cpu_ms, g.memory_bytes,
           g.memory_peak_bytes, g.claim_seq, g.attempt, g.final_tries, g.failures, g.exceptions, g.crashes + 1, g.max_crashes, g.weight,
           g.type_version, g.priority, g.progress, g.in_batch, g.solo, g.type, coalesce(g.dead_letter, g.queue), g.station_id, g.ran_on,
           g.run_id, g.batch_id, g.kind, g.error_class, g.message, CASE WHEN g.has_hook THEN 'due' END,
           CASE WHEN g.dead_letter IS NOT NULL THEN g.queue END, g.progress_note, g.options, g.payload
      FROM gone AS g CROSS JOIN moment AS m
  ),
  crashed AS (
    SELECT id, claim_seq, attempt, started_at, run_ms, memory_bytes, memory_peak_bytes, kind, error_class, message, stack, causes, worker_id
      FROM back WHERE counted
    UNION ALL
    SELECT id, claim_seq, attempt, started_at, run_ms, memory_bytes, memory_peak_bytes, kind, error_class, message, stack, causes, ran_on FROM gone
  ),
  attempt AS (
    INSERT INTO ${s}.job_attempt (job_id, started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes, claim_seq, attempt, kind, error_class,
                                  message, stack, causes, host, station_id, worker_id)
    SELECT e.id, e.started_at, m.at, e.run_ms, e.memory_bytes, e.memory_peak_bytes, e.claim_seq, e.attempt, e.kind, e.error_class,
           e.message, e.stack, e.causes, coalesce(st.host, ''), $19, e.worker_id
      FROM crashed AS e CROSS JOIN moment AS m LEFT JOIN ${s}.station AS st ON st.id = $19
  ),${countedGroups(s, ended)}`

/** Ends claims whose process died. */
export type SettleCrashed = (
  db: PostgresStatements,
  by: SettledBy,
  outcomes: readonly CrashedOutcome[],
) => Promise<readonly SettledGroup[]>

/** T8 by the station that saw its worker die, for many at once: counted or given back, failed where the budget is gone. */
export function createSettleCrashed(schema: string): SettleCrashed {
  const sql = settleCrashedSql(schema)
  return (db, { stationId, deadLetters }, outcomes) =>
    db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      ...runArrays(outcomes),
      ...failureArrays(outcomes.map((outcome) => outcome.failure)),
      booleanArray(outcomes.map((outcome) => outcome.counted)),
      booleanArray(outcomes.map((outcome) => outcome.solo)),
      booleanArray(outcomes.map((outcome) => outcome.hook)),
      textArray(outcomes.map((outcome) => outcome.workerId ?? null)),
      stationId,
      JSON.stringify(deadLetters),
    ])
}
