import type { RunFigures, StationEvent } from '../client/work-options.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CancelledOutcome, Outcome } from '../storage/outcome-store.ts'
import { longestPauseMs } from './services/promoter.ts'

/** What is told of a job that a handler is about to get. */
export function startedEvent({ id, claimSeq, type, queue, attempt, payload }: ClaimedJob): StationEvent {
  return { kind: 'started', id, claimSeq, type, queue, attempt, payload }
}

/** What is told of an outcome that was stored, or refused as stale. */
export function endedEvent(outcome: Outcome, refused: boolean): StationEvent {
  const runMs = 'runMs' in outcome ? outcome.runMs : null
  const message = 'failure' in outcome ? (outcome.failure?.message ?? null) : null
  const { id, claimSeq } = outcome
  return {
    kind: 'ended',
    id,
    claimSeq,
    outcome: refused ? 'refused' : outcome.kind,
    runMs,
    message,
    figures: figuresOf(outcome),
  }
}

function figuresOf(outcome: Outcome): RunFigures | null {
  if (!('runMs' in outcome)) return null
  const { waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes } = outcome
  if (waitMs === null || runMs === null || cpuMs === null || memoryBytes === null || memoryPeakBytes === null)
    return null
  return { waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes }
}

/** The end of a job that was cancelled before a handler got it. */
export function cancelledBeforeStart({ id, claimSeq, tries }: ClaimedJob): CancelledOutcome {
  const unknown = { startedAt: null, waitMs: null, runMs: null, cpuMs: null, memoryBytes: null, memoryPeakBytes: null }
  return { kind: 'cancelled', id, claimSeq, tries, failure: null, ...unknown }
}

/** Whether a job comes back before the promoter would look by itself. */
export function isDueSoon(outcome: Outcome): boolean {
  return (outcome.kind === 'retrying' || outcome.kind === 'snoozed') && outcome.delayMs < longestPauseMs
}
