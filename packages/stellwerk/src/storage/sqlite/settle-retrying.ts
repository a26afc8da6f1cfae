import type { RetryingOutcome } from '../outcome-store.ts'
import { insertAttempt } from './insert-attempt.ts'
import type { SettleRound } from './settle-round.ts'

const TO_RETRYING = /* sql */ `
  UPDATE job
     SET state = 'retrying', failures = failures + 1, exceptions = exceptions + ?, tries = ?, run_at = ?,
         position = ? - weight * 1000, solo = 0, station_id = NULL, worker_id = NULL, claimed_at = NULL
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

/** T6 to retrying, with its attempt row. A run that ended by itself clears the suspicion (`solo`). */
export function settleRetrying(round: SettleRound, outcome: RetryingOutcome): void {
  const { connection, at, host } = round
  const { id, claimSeq, tries, threw, delayMs, ...run } = outcome
  const dueAt = at + delayMs
  const held = insertAttempt(connection, { ...run, id, claimSeq, host, at })
  const row = held
    ? connection.prepare<[string, string]>(TO_RETRYING).get(threw ? 1 : 0, tries, dueAt, dueAt, id, claimSeq)
    : undefined
  if (row === undefined) {
    round.refused.push(outcome)
    return
  }
  const [queue, type] = row
  round.tallies.move({ queue, type }, 'processing', 'retrying')
  const { startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes } = run
  round.won.push({ queue, type, outcome: 'retrying', startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes })
}
