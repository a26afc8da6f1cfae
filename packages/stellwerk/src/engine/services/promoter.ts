import type { ClaimStore } from '../../storage/claim-store.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

/** Jobs moved per statement. */
const batch = 500
/** A job dispatched elsewhere with a short delay is noticed at the latest after this. */
export const longestPauseMs = 500

/** What a promoter needs. */
export interface PromoterOptions {
  readonly claims: Pick<ClaimStore, 'promoteDue'>
  readonly failures: FailureLog
  /** Some jobs became ready. */
  readonly onPromoted: () => void
}

/** T2: moves due jobs to pending, and sleeps until the next is due. */
export function createPromoter({ claims, failures, onPromoted }: PromoterOptions): PeriodicService {
  return new PeriodicService({
    name: 'promoter',
    intervalMs: longestPauseMs,
    failures,
    pass: async (signal) => {
      for (;;) {
        const { promoted, nextDueInMs } = await claims.promoteDue(batch)
        if (promoted > 0) onPromoted()
        if (promoted < batch || signal.aborted)
          return Math.max(1, Math.min(longestPauseMs, nextDueInMs ?? longestPauseMs))
      }
    },
  })
}
