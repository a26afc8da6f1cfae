/** What the verdict of a job is made of. Times are ISO 8601. */
export interface VerdictSource {
  readonly state: string
  readonly attempt: number
  readonly tries: number
  readonly failures: number
  readonly crashes: number
  readonly triesBegun: number
  readonly createdAt: string
  readonly runAt: string
  readonly claimedAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly waitMs: number | null
  readonly runMs: number | null
}

/** One sentence about where a job stands. `forMs` and `inMs` are counted to `nowMs` and are 0 or more. */
export type JobVerdict =
  | { readonly kind: 'scheduled'; readonly inMs: number }
  | { readonly kind: 'waiting' | 'blocked'; readonly forMs: number }
  | { readonly kind: 'running'; readonly forMs: number; readonly attempt: number; readonly tries: number }
  | { readonly kind: 'retrying'; readonly inMs: number; readonly failures: number; readonly tries: number }
  | { readonly kind: 'completed'; readonly runMs: number | null; readonly attempt: number }
  | { readonly kind: 'failed'; readonly failures: number; readonly tries: number }
  /** Given up although tries were left: the handler said so. */
  | { readonly kind: 'given_up'; readonly attempt: number; readonly tries: number }
  /** Given up because its process died with it again and again. */
  | { readonly kind: 'crashed'; readonly crashes: number }
  | { readonly kind: 'cancelled'; readonly agoMs: number | null }

/** Where a job stands at `nowMs`. Pure. */
export function jobVerdict(job: VerdictSource, nowMs: number): JobVerdict {
  switch (job.state) {
    case 'scheduled':
      return { kind: 'scheduled', inMs: until(job.runAt, nowMs) }
    case 'processing':
      // Until an attempt has ended only when it was taken is known; it starts a moment later.
      return {
        kind: 'running',
        forMs: since(job.startedAt ?? job.claimedAt ?? job.runAt, nowMs),
        // A retry by hand gave a fresh budget: only its own tries count against it.
        attempt: job.failures + 1,
        tries: job.tries,
      }
    case 'retrying':
      return { kind: 'retrying', inMs: until(job.runAt, nowMs), failures: job.failures, tries: job.tries }
    case 'completed':
      return { kind: 'completed', runMs: job.runMs, attempt: job.attempt }
    case 'failed':
      return failedVerdict(job)
    case 'cancelled':
      return { kind: 'cancelled', agoMs: job.finishedAt === null ? null : since(job.finishedAt, nowMs) }
    default:
      return { kind: job.state === 'blocked' ? 'blocked' : 'waiting', forMs: since(job.runAt, nowMs) }
  }
}

function failedVerdict({ failures, tries, attempt, crashes, triesBegun }: VerdictSource): JobVerdict {
  if (failures >= tries) return { kind: 'failed', failures, tries }
  // A crash uses no try, so that the number of the attempt says nothing against the tries.
  return crashes > 0 ? { kind: 'crashed', crashes } : { kind: 'given_up', attempt: triesBegun || attempt, tries }
}

function since(iso: string, nowMs: number): number {
  return Math.max(0, nowMs - Date.parse(iso))
}

function until(iso: string, nowMs: number): number {
  return Math.max(0, Date.parse(iso) - nowMs)
}
