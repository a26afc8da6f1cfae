import { deadLetterOf } from '../../domain/queue/dead-letters.ts'
import type { FailedOutcome } from '../outcome-store.ts'
import { insertAttempt } from './insert-attempt.ts'
import { moveToFailed } from './move-to-failed.ts'
import type { SettleRound } from './settle-round.ts'

const COUNT_FAILURE = /* sql */ `
  UPDATE job SET failures = failures + 1, exceptions = exceptions + ?, tries = ?
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

/** T6 to failed: counts the failure, writes the attempt, moves the row to failed_job. */
export function settleFailed(round: SettleRound, outcome: FailedOutcome): void {
  const { connection, at, host } = round
  const { id, claimSeq, tries, threw, failure, hook, kind: _, ...run } = outcome
  const counted = connection.prepare<[string, string]>(COUNT_FAILURE).get(threw ? 1 : 0, tries, id, claimSeq)
  if (counted === undefined) {
    round.refused.push(outcome)
    return
  }
  const [queue, type] = counted
  const deadLetter = deadLetterOf(round.deadLetters, { queue, type })
  insertAttempt(connection, { ...run, id, claimSeq, failure, host, at })
  const { kind, errorClass, message } = failure
  moveToFailed(connection, { ...run, id, claimSeq, at, kind, errorClass, message, hook, deadLetter })
  round.tallies.add({ queue, type }, 'processing', -1)
  round.tallies.add({ queue: deadLetter ?? queue, type }, 'failed')
  round.won.push({ queue, type, outcome: 'failed', ...run })
}
