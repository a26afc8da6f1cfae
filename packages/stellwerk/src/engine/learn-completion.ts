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
  while (!signal.aborted && !attempt.ended) {
    const end = await endOf(host, { id, claimSeq, claimedAt })
    if (end !== 'undecided') return end === 'completed'
    await sleep(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
  return false
}

async function endOf(
  { completions, log }: HandlerHost,
  claim: Parameters<HandlerHost['completions']['claimEnd']>[0],
): Promise<ClaimEnd> {
  try {
    return await completions.claimEnd(claim)
  } catch (error) {
    log.warn('the store does not say whether a job was completed in its own transaction; asking again', {
      id: claim.id,
      error,
    })
    return 'undecided'
  }
}

/** Why an attempt failed whose handler returned as if all were done. */
export function notCommitted(attempt: Attempt): Error {
  const error = new Error(
    `job ${attempt.start.job.id} was completed by ctx.completeIn in a transaction that was not committed; await the COMMIT before the handler returns, and let an error that rolls it back leave the handler`,
  )
  error.name = 'NotCommittedError'
  return error
}
