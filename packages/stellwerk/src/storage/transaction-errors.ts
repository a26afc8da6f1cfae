import { StellwerkError } from '../domain/errors.ts'
import type { CompletedOutcome } from './outcome-store.ts'

/** What was passed as a transaction cannot be used as one: `what` says why, `remedy` what to pass. */
export function transactionInvalid(what: string, remedy: string, cause?: unknown): StellwerkError {
  return new StellwerkError('TRANSACTION_INVALID', `tx: ${what}; ${remedy}`, cause === undefined ? {} : { cause })
}

/** The claim belongs to somebody else by now, or has ended. */
export function claimLost({ id, claimSeq }: Pick<CompletedOutcome, 'id' | 'claimSeq'>): StellwerkError {
  return new StellwerkError(
    'CLAIM_LOST',
    `job ${id} is no longer this attempt's to complete (claim ${claimSeq}): it was completed before, timed out, or went to another station; roll back`,
    { details: { id, claimSeq } },
  )
}
