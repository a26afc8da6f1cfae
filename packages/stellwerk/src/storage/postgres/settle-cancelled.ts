import type { CancelledOutcome } from '../outcome-store.ts'
import { numberArray, textArray, wholeNumberArray } from './array-literals.ts'
import { heldClaim } from './held-claim.ts'
import type { PostgresStatements } from './postgres-database.ts'
import { failureArrays, type SettledGroup } from './settled-group.ts'

/** Infinite tries are stored as the largest int4. */
const maxInt = 2_147_483_647

const settleCancelledSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
      WITH ORDINALITY AS i(id, claim_seq, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, tries,
                           kind, error_class, message, stack, causes, worker_id, ord)
  ),
  gone AS (
    DELETE FROM ${s}.job AS j USING input AS i
     WHERE j.id = i.id AND ${heldClaim}
    RETURNING j.*, i.ord, i.started_at, i.wait_ms, i.run_ms, i.cpu_ms, i.memory_bytes, i.memory_peak_bytes, i.tries AS final_tries, i.kind,
              i.error_class, i.message, i.stack, i.causes, i.worker_id AS ran_on
  ),
  finished AS (
    INSERT INTO ${s}.finished_job
      (id, finished_at, run_at, created_at, started_at, claimed_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, parent_id, claim_seq,
       attempt, tries, failures, crashes, priority, progress, state, type, queue, station_id, worker_id, run_id, batch_id, progress_note)
    SELECT g.id, m.at, g.run_at, g.created_at, g.started_at, g.claimed_at, g.wait_ms, g.run_ms, g.cpu_ms, g.memory_bytes, g.memory_peak_bytes,
           g.parent_id, g.claim_seq, g.attempt, g.final_tries, g.failures, g.crashes, g.priority, g.progress, 'cancelled', g.type, g.queue,
           g.station_id, g.ran_on, g.run_id, g.batch_id, g.progress_note
      FROM gone AS g CROSS JOIN moment AS m
  ),
  payload AS (
    INSERT INTO ${s}.finished_payload (id, finished_at, weight, type_version, max_crashes, options, payload)
    SELECT g.id, m.at, g.weight, g.type_version, g.max_crashes, g.options, g.payload FROM gone AS g CROSS JOIN moment AS m
  ),
  attempt AS (
    INSERT INTO ${s}.job_attempt_by_day (job_id, started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes, claim_seq, attempt, kind,
                                         error_class, message, stack, causes, host, station_id, worker_id)
    SELECT g.id, g.started_at, m.at, g.run_ms, g.memory_bytes, g.memory_peak_bytes, g.claim_seq, g.attempt, g.kind, g.error_class,
           g.message, g.stack, g.causes, coalesce(st.host, ''), $16, g.ran_on
      FROM gone AS g CROSS JOIN moment AS m LEFT JOIN ${s}.station AS st ON st.id = $16
     WHERE g.kind IS NOT NULL
  ),
  grouped AS MATERIALIZED (SELECT queue, type, array_agg(ord) AS ords FROM gone GROUP BY queue, type),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign * cardinality(ords)
      FROM grouped CROSS JOIN (VALUES ('processing', -1), ('cancelled', 1)) AS side(state, sign)
  )
  SELECT queue, type, ords, (SELECT at FROM moment) AS at FROM grouped`

/** Ends claims of jobs that somebody cancelled. */
export type SettleCancelled = (
  db: PostgresStatements,
  stationId: string,
  outcomes: readonly CancelledOutcome[],
) => Promise<readonly SettledGroup[]>

/** T9 of running jobs: to finished_job as cancelled, payloads kept, with attempt rows of those that had begun. */
export function createSettleCancelled(schema: string): SettleCancelled {
  const sql = settleCancelledSql(schema)
  return (db, stationId, outcomes) =>
    db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      ...figureArrays(outcomes),
      ...failureTexts(outcomes),
      textArray(outcomes.map((outcome) => outcome.workerId ?? null)),
      stationId,
    ])
}

function figureArrays(outcomes: readonly CancelledOutcome[]): readonly string[] {
  const keys = ['startedAt', 'waitMs', 'runMs', 'cpuMs', 'memoryBytes', 'memoryPeakBytes'] as const
  return [
    ...keys.map((key) => numberArray(outcomes.map((outcome) => outcome[key]))),
    numberArray(outcomes.map((outcome) => Math.min(outcome.tries, maxInt))),
  ]
}

/** Nulls where a job had not begun. */
function failureTexts(outcomes: readonly CancelledOutcome[]): readonly string[] {
  const nothing = { kind: null, errorClass: null, message: null, stack: null, causes: null }
  const told = outcomes.map(({ failure }) => failure)
  if (told.every((failure) => failure !== null)) return failureArrays(told)
  const rows = told.map((failure) =>
    failure === null ? nothing : { ...failure, causes: JSON.stringify(failure.causes) },
  )
  return (['kind', 'errorClass', 'message', 'stack', 'causes'] as const).map((key) =>
    textArray(rows.map((row) => row[key])),
  )
}
