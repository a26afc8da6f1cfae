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

/** A stretch of a job's life. `attempt` is that which runs, or is waited for. */
export interface TimelineStretch {
  readonly kind: 'delayed' | 'waiting' | 'running' | 'pause'
  readonly attempt: number
  readonly fromMs: number
  readonly toMs: number
  /** Of one that ran: whether it failed. */
  readonly failed: boolean
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
  if (ranSinceLastFailure(job)) {
    stretches.reach(stretches.idle(), Date.parse(job.startedAt ?? ''), job.attempt)
    stretches.reach('running', endOf(job, nowMs), job.attempt)
  } else if (job.state !== 'failed') {
    const isTaken = job.state === 'processing' || job.state === 'completed'
    stretches.reach(stretches.idle(), endOf(job, nowMs), isTaken ? job.attempt : job.attempt + 1)
  }
  return stretches.all
}

function lastAttempt(job: TimelineSource): readonly TimelineEvent[] {
  const events: TimelineEvent[] = []
  const { attempt } = job
  if (job.claimedAt !== null && job.state === 'processing') {
    events.push({ kind: 'claimed', atMs: Date.parse(job.claimedAt), attempt })
  }
  if (ranSinceLastFailure(job)) events.push({ kind: 'started', atMs: Date.parse(job.startedAt ?? ''), attempt })
  if (job.finishedAt !== null && (job.state === 'completed' || job.state === 'cancelled')) {
    events.push({ kind: job.state, atMs: Date.parse(job.finishedAt), attempt })
  }
  return events
}

/** Whether `startedAt` is that of an attempt which is not among the failed ones. */
function ranSinceLastFailure({ state, startedAt, attempts }: TimelineSource): boolean {
  if (startedAt === null || state === 'failed' || waiting.includes(state)) return false
  const last = attempts.at(-1)
  return last === undefined || Date.parse(startedAt) >= Date.parse(last.finishedAt)
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
    return this.all.some((stretch) => stretch.kind === 'running') ? 'pause' : 'waiting'
  }

  /** Adds the stretch from where the last ended; one without length is left out. */
  reach(kind: TimelineStretch['kind'] | 'failed', toMs: number, attempt: number): void {
    if (toMs <= this.#atMs) return
    const failed = kind === 'failed'
    this.all.push({ kind: failed ? 'running' : kind, attempt, fromMs: this.#atMs, toMs, failed })
    this.#atMs = toMs
  }
}
