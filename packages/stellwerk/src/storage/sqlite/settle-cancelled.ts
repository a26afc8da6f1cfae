import type { CancelledOutcome } from '../outcome-store.ts'
import { insertAttempt } from './insert-attempt.ts'
import type { SettleRound } from './settle-round.ts'

const FINISH = /* sql */ `
  INSERT INTO finished_job (id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at,
         claimed_at, finished_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, station_id, worker_id,
         parent_id, run_id, batch_id, progress, progress_note)
  SELECT id, type, queue, 'cancelled', priority, attempt, ?, failures, crashes, claim_seq, created_at, run_at, claimed_at, ?,
         ?, ?, ?, ?, ?, ?, station_id, coalesce(?, worker_id), parent_id, run_id, batch_id, progress, progress_note
    FROM job WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

const KEEP = /* sql */ `
  INSERT INTO finished_payload (id, finished_at, payload, options, weight, type_version, max_crashes)
  SELECT id, ?, payload, options, weight, type_version, max_crashes FROM job WHERE id = ?`

const REMOVE = /* sql */ `DELETE FROM job WHERE id = ?`

/** T9 of a running job: to finished_job as cancelled, with an attempt row where it had begun. */
export function settleCancelled(round: SettleRound, outcome: CancelledOutcome): void {
  const { connection, at, host } = round
  const { id, claimSeq, tries, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes, failure } = outcome
  const figures = [startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes]
  const row = connection
    .prepare<[string, string]>(FINISH)
    .get(tries, at, ...figures, outcome.workerId ?? null, id, claimSeq)
  if (row === undefined) {
    round.refused.push(outcome)
    return
  }
  if (failure !== null) insertAttempt(connection, { ...outcome, failure, host, at })
  connection.prepare(KEEP).run(at, id)
  connection.prepare(REMOVE).run(id)
  round.tallies.move({ queue: row[0], type: row[1] }, 'processing', 'cancelled')
}
