import type { FailureKind } from '../../../src/domain/job/failure.ts'
import type { JobState } from '../../../src/domain/job/job-state.ts'
import type { Tally } from '../../../src/domain/metrics/tally.ts'
import type { LaneShare } from '../../../src/domain/queue/lane.ts'
import type { NewJob } from '../../../src/storage/dispatch-store.ts'
import type { FailedSelection } from '../../../src/storage/failed-job-store.ts'
import type { ChangeResult } from '../../../src/storage/job-store.ts'
import type { Outcome } from '../../../src/storage/outcome-store.ts'
import type { Rescue } from '../../../src/storage/station-store.ts'

/** What the model knows of a job, whichever table a store keeps it in. */
export interface ModelJob {
  readonly id: number
  readonly type: string
  readonly queue: string
  readonly weight: number
  readonly createdAt: number
  readonly maxCrashes: number
  readonly attempts: { readonly claimSeq: number; readonly attempt: number; readonly kind: FailureKind }[]
  state: JobState
  priority: number
  runAt: number
  position: number
  attempt: number
  failures: number
  exceptions: number
  crashes: number
  claimSeq: number
  solo: boolean
  stationId: string | null
  finishedAt: number | null
  failureKind: FailureKind | null
  hookDue: boolean
}

interface ModelStation {
  state: 'alive' | 'dead'
  aliveUntil: number
}

const waiting: readonly JobState[] = ['scheduled', 'pending', 'retrying']
const retryable: readonly JobState[] = ['completed', 'failed', 'cancelled']

/** The storage port as plain maps: no tables, no transactions, one rule per method. Times are Unix ms of the store's clock. */
export class StoreModel {
  readonly jobs = new Map<number, ModelJob>()
  readonly stations = new Map<string, ModelStation>()
  now: number
  stationsMade = 0
  /** Runs that ended as completed, retrying or failed. */
  endedRuns = 0

  constructor(now: number) {
    this.now = now
  }

  dispatch(id: number, job: NewJob): void {
    const runAt = job.runAt ?? this.now + job.delayMs
    const { type, queue, weight, priority, maxCrashes } = job
    this.jobs.set(id, {
      ...{ id, type, queue, weight, priority, maxCrashes, runAt },
      createdAt: this.now,
      attempts: [],
      state: runAt > this.now ? 'scheduled' : 'pending',
      position: runAt - weight * 1_000,
      ...{ attempt: 0, failures: 0, exceptions: 0, crashes: 0, claimSeq: 0 },
      ...{ solo: false, stationId: null, finishedAt: null, failureKind: null, hookDue: false },
    })
  }

  /** T3: the jobs won, in the order of the claim. */
  claim(stationId: string, shares: readonly LaneShare[], limit: number): readonly ModelJob[] {
    if (this.stations.get(stationId)?.state !== 'alive') return []
    const won = shares.flatMap((share) => this.lane(share).slice(0, share.limit)).slice(0, limit)
    for (const job of won) {
      job.state = 'processing'
      job.claimSeq += 1
      job.attempt += 1
      job.stationId = stationId
    }
    return won
  }

  /** Pending jobs of a lane in claiming order. */
  lane({ queue, type, priority }: Omit<LaneShare, 'limit' | 'inBatch'>): readonly ModelJob[] {
    return this.in('pending')
      .filter((job) => job.queue === queue && job.type === type && job.priority === priority)
      .toSorted((one, other) => one.position - other.position || one.id - other.id)
  }

  in(...states: readonly JobState[]): readonly ModelJob[] {
    return [...this.jobs.values()].filter(({ state }) => states.includes(state))
  }

  due(): readonly ModelJob[] {
    return this.in('scheduled', 'retrying').filter(({ runAt }) => runAt <= this.now)
  }

  /** How long until the next job is due, as a promotion says it. */
  nextDueInMs(): number | null {
    const times = this.in('scheduled', 'retrying').map(({ runAt }) => Math.max(0, runAt - this.now))
    return times.length === 0 ? null : Math.min(...times)
  }

  /** T5 to T7 under their fence; false = refused. */
  settle(outcome: Outcome): boolean {
    const job = this.jobs.get(outcome.id)
    if (job?.state !== 'processing' || job.claimSeq !== outcome.claimSeq) return false
    if (outcome.kind === 'returned') this.#giveBack(job)
    else if (outcome.kind === 'snoozed') {
      this.#giveBack(job)
      job.state = 'scheduled'
      job.solo = false
      this.#runAt(job, this.now + outcome.delayMs)
    } else if (outcome.kind === 'crashed' || outcome.kind === 'cancelled') {
      throw new Error(`no command of this model settles as ${outcome.kind}`)
    } else {
      this.endedRuns += 1
      this.#end(job, outcome)
    }
    return true
  }

  #end(job: ModelJob, outcome: Extract<Outcome, { readonly kind: 'completed' | 'retrying' | 'failed' }>): void {
    if (outcome.kind === 'completed') {
      job.state = 'completed'
      job.finishedAt = this.now
      job.solo = false
      return
    }
    job.failures += 1
    job.exceptions += outcome.threw ? 1 : 0
    job.attempts.push({ claimSeq: job.claimSeq, attempt: job.attempt, kind: outcome.failure.kind })
    if (outcome.kind === 'failed') this.#fail(job, outcome.failure.kind, outcome.hook)
    else {
      job.state = 'retrying'
      job.stationId = null
      job.solo = false
      this.#runAt(job, this.now + outcome.delayMs)
    }
  }

  #fail(job: ModelJob, kind: FailureKind, hookDue: boolean): void {
    job.state = 'failed'
    job.finishedAt = this.now
    job.failureKind = kind
    job.hookDue = hookDue
  }

  #runAt(job: ModelJob, runAt: number): void {
    job.runAt = runAt
    job.position = runAt - job.weight * 1_000
  }

  #giveBack(job: ModelJob): void {
    job.state = 'pending'
    job.attempt -= 1
    job.stationId = null
  }

  cancel(id: number): ChangeResult {
    return this.#change(id, waiting, (job) => {
      job.state = 'cancelled'
      job.finishedAt = this.now
      job.stationId = null
      job.solo = false
      job.exceptions = 0
    })
  }

  forget(id: number): ChangeResult {
    return this.#change(id, [...waiting, ...retryable], () => this.jobs.delete(id))
  }

  setPriority(id: number, priority: number): ChangeResult {
    return this.#change(id, waiting, (job) => {
      job.priority = priority
    })
  }

  retry(id: number): ChangeResult {
    return this.#change(id, retryable, (job) => {
      job.state = 'pending'
      this.#runAt(job, this.now)
      Object.assign(job, { failures: 0, exceptions: 0, crashes: 0, solo: false, hookDue: false })
      Object.assign(job, { stationId: null, finishedAt: null, failureKind: null })
    })
  }

  #change(id: number, allowed: readonly JobState[], apply: (job: ModelJob) => void): ChangeResult {
    const job = this.jobs.get(id)
    if (job === undefined) return { changed: false, state: null, reason: 'absent' }
    if (!allowed.includes(job.state)) return { changed: false, state: job.state, reason: 'state' }
    apply(job)
    return { changed: true }
  }

  /** Failed jobs of a selection, by id. */
  failed({ queue, type, fromId, toId }: FailedSelection): readonly ModelJob[] {
    return this.in('failed')
      .filter((job) => (queue ?? job.queue) === job.queue && (type ?? job.type) === job.type)
      .filter(({ id }) => id >= (fromId ?? 0) && id <= (toId ?? Number.MAX_SAFE_INTEGER))
      .toSorted((one, other) => one.id - other.id)
  }

  register(id: string, leaseMs: number): void {
    this.stationsMade += 1
    this.stations.set(id, { state: 'alive', aliveUntil: this.now + leaseMs })
  }

  renew(id: string, leaseMs: number): boolean {
    const station = this.stations.get(id)
    if (station?.state !== 'alive') return false
    station.aliveUntil = this.now + leaseMs
    return true
  }

  lapsed(): readonly string[] {
    return [...this.stations]
      .filter(([, each]) => each.state === 'alive' && each.aliveUntil < this.now)
      .map(([id]) => id)
  }

  retire(id: string): void {
    const station = this.stations.get(id)
    if (station === undefined) return
    station.state = 'dead'
    for (const job of this.heldBy(id)) this.#giveBack(job)
  }

  /** T7 for what a station holds without knowing. */
  releaseOthers(stationId: string, kept: readonly number[]): void {
    for (const job of this.heldBy(stationId)) if (!kept.includes(job.id)) this.#giveBack(job)
  }

  heldBy(stationId: string): readonly ModelJob[] {
    return this.in('processing').filter((job) => job.stationId === stationId)
  }

  /** T8. */
  rescue(id: string, running: readonly { readonly id: number; readonly claimSeq: number }[]): Rescue {
    const station = this.stations.get(id)
    const result = { declared: true, returned: 0, suspects: 0, crashed: 0, failed: 0 }
    if (station?.state === 'alive' && station.aliveUntil >= this.now) return { ...result, declared: false }
    if (station !== undefined) station.state = 'dead'
    const held = this.heldBy(id)
    const ran = held.filter((job) => running.some((each) => each.id === job.id && each.claimSeq === job.claimSeq))
    for (const job of held) {
      const ranAlone = running.length === 1 && ran.includes(job)
      if (ranAlone) result[this.#crash(job)] += 1
      else {
        this.#giveBack(job)
        result.returned += 1
        if (ran.includes(job)) {
          job.solo = true
          result.suspects += 1
        }
      }
    }
    return result
  }

  #crash(job: ModelJob): 'crashed' | 'failed' {
    job.crashes += 1
    job.attempts.push({ claimSeq: job.claimSeq, attempt: job.attempt, kind: 'crash' })
    if (job.crashes >= job.maxCrashes) {
      this.#fail(job, 'crash', true)
      return 'failed'
    }
    job.state = 'pending'
    job.stationId = null
    return 'crashed'
  }

  tallies(): readonly Tally[] {
    const counts = new Map<string, Tally>()
    for (const { queue, type, state } of this.jobs.values()) {
      const key = JSON.stringify([queue, type, state])
      counts.set(key, { queue, type, state, count: (counts.get(key)?.count ?? 0) + 1 })
    }
    return [...counts.values()]
  }
}
