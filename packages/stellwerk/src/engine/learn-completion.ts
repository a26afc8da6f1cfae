import { sleep } from '../std/sleep.ts'
import type { ClaimEnd } from '../storage/transaction-store.ts'
import type { Attempt } from './attempt.ts'
import type { HandlerHost } from './handler-host.ts'

const firstPauseMs = 2
const longestPauseMs = 250

/**
 * Whether the transaction into which the handler put its completion was committed. Asks until the store knows: while the transaction is open nobody can tell, and a
 * write about the job would wait for it. False also where the claim was lost, `signal` aborts, or the attempt was ended otherwise: the fence decides then.
 */
export async function learnCompletion(attempt: Attempt, host: HandlerHost, signal: AbortSignal): Promise<boolean> {
  const { id, claimSeq, claimedAt } = attempt.start.job
  let pauseMs = firstPauseMs
  let isTold = false
  const tellOnce = (error: unknown): ClaimEnd => {
    if (!isTold)
      host.log.warn('the store does not say whether a job was completed in its own transaction; asking again', {
        id,
        error,
      })
    isTold = true
    return 'undecided'
  }
  while (!signal.aborted && !attempt.ended) {
    const end = await host.completions.claimEnd({ id, claimSeq, claimedAt }).catch(tellOnce)
    if (end !== 'undecided') return end === 'completed'
    await sleep(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
  return false
}

/** Why an attempt failed whose handler returned as if all were done. */
export function notCommitted(attempt: Attempt): Error {
  const error = new Error(
    `job ${attempt.start.job.id} was completed by ctx.completeIn in a transaction that was not committed; await the COMMIT before the handler returns, and let an error that rolls it back leave the handler`,
  )
  error.name = 'NotCommittedError'
  return error
}
