/** What a timeline is made of: a job with its attempts that did not succeed, oldest first. Times are ISO 8601. */
export interface TimelineSource {
  readonly state: string
  readonly attempt: number
  readonly createdAt: string
  readonly runAt: string
  readonly claimedAt: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly attempts: readonly TimelineAttempt[]
}

/** An attempt that did not succeed. */
export interface TimelineAttempt {
  readonly attempt: number
  readonly kind: string
  readonly errorClass: string
  readonly message: string
  readonly startedAt: string | null
  readonly finishedAt: string
}

/** Something that happened, or that is to happen, to a job. */
export type TimelineEvent =
  | { readonly kind: 'created' | 'due'; readonly atMs: number }
  | {
      readonly kind: 'claimed' | 'started' | 'completed' | 'cancelled'
      readonly atMs: number
      readonly attempt: number
    }
  | { readonly kind: 'attempt_failed'; readonly atMs: number; readonly attempt: number; readonly errorClass: string }

/** What a job did in a stretch of its life; `failed` = it ran, and failed. */
export type StretchKind = 'delayed' | 'waiting' | 'running' | 'failed' | 'pause'

/** A stretch of a job's life. `attempt` is that which runs, or is waited for. */
export interface TimelineStretch {
  readonly kind: StretchKind
  readonly attempt: number
  readonly fromMs: number
  readonly toMs: number
}

const waiting = ['scheduled', 'pending', 'blocked', 'retrying']

/** Everything that is known to have happened, and when it is due where that is ahead, oldest first. */
export function timelineEvents(job: TimelineSource): readonly TimelineEvent[] {
  const events: TimelineEvent[] = [{ kind: 'created', atMs: Date.parse(job.createdAt) }]
  for (const { attempt, startedAt, finishedAt, errorClass } of job.attempts) {
    if (startedAt !== null) events.push({ kind: 'started', atMs: Date.parse(startedAt), attempt })
    events.push({ kind: 'attempt_failed', atMs: Date.parse(finishedAt), attempt, errorClass })
  }
  events.push(...lastAttempt(job))
  if (job.runAt !== job.createdAt && isAhead(job)) events.push({ kind: 'due', atMs: Date.parse(job.runAt) })
  return events.toSorted((a, b) => a.atMs - b.atMs)
}

/** The life of a job in stretches without gaps, from its creation to its end or `nowMs`. */
export function timelineStretches(job: TimelineSource, nowMs: number): readonly TimelineStretch[] {
  const stretches = new StretchList(Date.parse(job.createdAt))
  if (job.attempts.length === 0) stretches.reach('delayed', Math.min(Date.parse(job.runAt), endOf(job, nowMs)), 1)
  for (const { attempt, startedAt, finishedAt } of job.attempts) {
    const endMs = Date.parse(finishedAt)
    stretches.reach(stretches.idle(), startedAt === null ? endMs : Date.parse(startedAt), attempt)
    stretches.reach('failed', endMs, attempt)
  }
  const begun = begunAt(job)
  if (begun !== null) {
    stretches.reach(stretches.idle(), begun, job.attempt)
    stretches.reach('running', endOf(job, nowMs), job.attempt)
  } else if (job.state !== 'failed') {
    const isTaken = job.state === 'processing' || job.state === 'completed'
    stretches.reach(stretches.idle(), endOf(job, nowMs), isTaken ? job.attempt : job.attempt + 1)
  }
  return stretches.all
}

/** How long a job did each, in the order in which it first did. */
export function stretchSums(stretches: readonly TimelineStretch[]): readonly (readonly [StretchKind, number])[] {
  const sums = new Map<StretchKind, number>()
  for (const { kind, fromMs, toMs } of stretches) sums.set(kind, (sums.get(kind) ?? 0) + toMs - fromMs)
  return [...sums]
}

function lastAttempt(job: TimelineSource): readonly TimelineEvent[] {
  const events: TimelineEvent[] = []
  const { attempt } = job
  const begun = begunAt(job)
  if (begun !== null) events.push({ kind: job.startedAt === null ? 'claimed' : 'started', atMs: begun, attempt })
  if (job.finishedAt !== null && (job.state === 'completed' || job.state === 'cancelled')) {
    events.push({ kind: job.state, atMs: Date.parse(job.finishedAt), attempt })
  }
  return events
}

/** When the attempt began that is not among the failed ones; of a running one only when it was taken is known. null = there is none. */
function begunAt({ state, startedAt, claimedAt, attempts }: TimelineSource): number | null {
  const at = startedAt ?? (state === 'processing' ? claimedAt : null)
  if (at === null || state === 'failed' || waiting.includes(state)) return null
  const last = attempts.at(-1)
  return last === undefined || Date.parse(at) >= Date.parse(last.finishedAt) ? Date.parse(at) : null
}

function isAhead({ state }: TimelineSource): boolean {
  return state === 'scheduled' || state === 'retrying'
}

function endOf({ finishedAt }: TimelineSource, nowMs: number): number {
  return finishedAt === null ? nowMs : Date.parse(finishedAt)
}

class StretchList {
  readonly all: TimelineStretch[] = []
  #atMs: number

  constructor(startMs: number) {
    this.#atMs = startMs
  }

  /** How the time until the next attempt is called. */
  idle(): 'waiting' | 'pause' {
    return this.all.some(({ kind }) => kind === 'running' || kind === 'failed') ? 'pause' : 'waiting'
  }

  /** Adds the stretch from where the last ended; one without length is left out. */
  reach(kind: StretchKind, toMs: number, attempt: number): void {
    if (toMs <= this.#atMs) return
    this.all.push({ kind, attempt, fromMs: this.#atMs, toMs })
    this.#atMs = toMs
  }
}
