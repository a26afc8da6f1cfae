import type { Transaction } from '../storage/transaction.ts'
import { claimLost } from '../storage/transaction-errors.ts'
import type { Attempt } from './attempt.ts'
import { completedOutcome } from './attempt-outcome.ts'
import type { HandlerHost } from './handler-host.ts'

/** Whose completion, and by what. */
export interface CompletingAttempt {
  readonly attempt: Attempt
  readonly completions: HandlerHost['completions']
}

/**
 * T5 in a transaction of the handler. From here on the attempt writes nothing to its row, and its outcome waits until it is known what became of the transaction.
 * @throws CLAIM_LOST, TRANSACTION_INVALID
 */
export async function completeIn(
  { attempt, completions }: CompletingAttempt,
  tx: Transaction,
  result: unknown,
): Promise<void> {
  if (attempt.ended) throw claimLost(attempt.start.job)
  const outcome = completedOutcome(attempt, result, attempt.start.sampleNow())
  attempt.completion = outcome
  await completions.complete(tx, { outcome, progress: attempt.pendingProgress ?? null })
}
