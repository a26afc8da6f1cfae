import type { ReturnedOutcome, SnoozedOutcome } from '../outcome-store.ts'
import type { SettleRound } from './settle-round.ts'

const TO_PENDING = /* sql */ `
  UPDATE job SET state = 'pending', attempt = attempt - 1, station_id = NULL, worker_id = NULL, claimed_at = NULL
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

const TO_SCHEDULED = /* sql */ `
  UPDATE job
     SET state = 'scheduled', attempt = attempt - 1, run_at = ?, position = ? - weight * 1000, solo = 0, station_id = NULL,
         worker_id = NULL, claimed_at = NULL
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

/** T7: back to its lane, attempt restored, budgets unchanged. */
export function settleReturned(round: SettleRound, outcome: ReturnedOutcome): void {
  const row = round.connection.prepare<[string, string]>(TO_PENDING).get(outcome.id, outcome.claimSeq)
  if (row === undefined) round.refused.push(outcome)
  else round.tallies.move({ queue: row[0], type: row[1] }, 'processing', 'pending')
}

/** T7: waits for another `delayMs`, attempt restored, budgets unchanged. */
export function settleSnoozed(round: SettleRound, outcome: SnoozedOutcome): void {
  const dueAt = round.at + outcome.delayMs
  const row = round.connection.prepare<[string, string]>(TO_SCHEDULED).get(dueAt, dueAt, outcome.id, outcome.claimSeq)
  if (row === undefined) round.refused.push(outcome)
  else round.tallies.move({ queue: row[0], type: row[1] }, 'processing', 'scheduled')
}
