import { type JobKind, jobKinds } from './job-kinds.ts'
import type { RandomSource } from './random-source.ts'
import type { SeededHour } from './rhythm.ts'

/** One job that ended, with what its last run cost; times Unix ms, durations ms. */
export interface SeededRun {
  readonly id: number
  readonly kind: JobKind
  readonly finishedAt: number
  readonly waitMs: number
  readonly runMs: number
  readonly memoryBytes: number
  /** A first attempt failed before. */
  readonly wasRetried: boolean
}

/** The jobs that ended in one hour, in the order of their ends; ids go up from `firstId`. */
export function makeRuns(hour: SeededHour, firstId: number, random: RandomSource): SeededRun[] {
  return Array.from({ length: hour.jobs }, (_, index) => {
    const kind = kindAt(random.next())
    return {
      id: firstId + index,
      kind,
      finishedAt: Math.floor(hour.start + ((index + random.next()) / hour.jobs) * hour.lengthMs),
      waitMs: Math.round(random.logNormal(25, 1.5)),
      runMs: Math.max(1, Math.round(random.logNormal(kind.medianMs, kind.spread))),
      memoryBytes: Math.round(random.logNormal(40_000_000, 0.3)),
      wasRetried: random.next() < kind.retryRatio,
    }
  })
}

/** The kind whose share of 0 to 1 holds `point`. */
export function kindAt(point: number): JobKind {
  let below = 0
  for (const kind of jobKinds) {
    below += kind.share
    if (point < below) return kind
  }
  return jobKinds[0] ?? neverReached()
}

function neverReached(): never {
  throw new Error('there are no kinds of jobs')
}
