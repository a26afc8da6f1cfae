import type { Tally } from '../domain/metrics/tally.ts'
import type { LaneHead } from '../domain/queue/lane.ts'
import { ClaimBuffer } from './claim-buffer.ts'
import type { ClaimGate } from './claim-gate.ts'
import { ClaimPlanner } from './claim-planner.ts'
import type { ClaimTaker, TakerPlan } from './claimer.ts'
import type { ArrivedJob, ClaimedBatch } from './executor.ts'
import { type JobBuffer, ReservedBuffer } from './reserved-buffer.ts'
import type { RuntimePool } from './station-runtime.ts'

/** What a pool needs of its station. */
export interface StationPoolOptions {
  readonly pool: RuntimePool
  readonly types: readonly string[]
  readonly gate: ClaimGate
  /** 0 while the station may not claim, else what others have been promised of the slots. */
  readonly reserved: () => number
  readonly mayClaim: () => boolean
  readonly mayStart: () => boolean
  readonly onClaimed: (batch: ClaimedBatch) => void
  readonly onStart: (jobs: readonly ArrivedJob[]) => void
  readonly onRoom: () => void
}

/** One pool of a station: what it claims, what it holds ready, and the executor that gets it. */
export class StationPool implements ClaimTaker {
  readonly #options: StationPoolOptions
  readonly #buffer: JobBuffer
  /** The same, where slots are kept for a priority. */
  readonly #reserve: ReservedBuffer | null
  readonly #planner: ClaimPlanner
  #feedScheduled = false

  constructor(options: StationPoolOptions) {
    this.#options = options
    const { pool } = options
    this.#reserve = pool.rules.reserved === null ? null : new ReservedBuffer(pool.rules.reserved, () => pool.executor)
    this.#buffer = this.#reserve ?? new ClaimBuffer()
    this.#planner = new ClaimPlanner(options.pool.rules, options.types, options.gate)
  }

  get name(): string {
    return this.#options.pool.name
  }

  get planner(): ClaimPlanner {
    return this.#planner
  }

  get held(): number {
    return this.#buffer.held
  }

  /** Free slots that any job may have, whatever its priority. */
  get free(): number {
    const { free } = this.#options.pool.executor
    return this.#reserve === null ? free : this.#reserve.roomFor(free).room
  }

  get isIdle(): boolean {
    return this.#buffer.held === 0 && this.#options.pool.executor.running === 0
  }

  wanted(): number {
    const { pool, mayClaim, reserved } = this.#options
    if (!mayClaim() || pool.isPaused()) return 0
    return this.#buffer.wanted(Math.max(0, pool.executor.free - reserved()))
  }

  plan(heads: readonly LaneHead[], free: number): TakerPlan {
    const ordinary = this.#reserve?.roomFor(free)
    const plan = this.#planner.plan(heads, free, ordinary)
    return { ...plan, isNarrowed: ordinary?.room === 0 }
  }

  firstOf(heads: readonly LaneHead[]): number | null {
    return this.#planner.firstOf(heads)
  }

  counts(tally: Tally): boolean {
    return this.#planner.counts(tally)
  }

  onClaimed(batch: ClaimedBatch): void {
    this.#options.onClaimed(batch)
    this.#buffer.add(batch)
    this.#feed()
  }

  /** Once in this turn of the loop, whoever asks. */
  scheduleFeed(): void {
    if (this.#feedScheduled) return
    this.#feedScheduled = true
    queueMicrotask(() => {
      this.#feedScheduled = false
      this.#feed()
    })
  }

  /** Ids of the claims that it holds. */
  heldIds(): readonly number[] {
    return [...this.#buffer.ids(), ...this.#options.pool.executor.openIds()]
  }

  /** What never started. */
  drain(): ReturnType<ClaimBuffer['drain']> {
    return this.#buffer.drain()
  }

  /** Takes a job that has not started out of its buffer. */
  take(claim: Parameters<ClaimBuffer['remove']>[0]): ReturnType<ClaimBuffer['remove']> {
    return this.#buffer.remove(claim)
  }

  #feed(): void {
    const { pool, mayStart, onStart, onRoom } = this.#options
    if (!mayStart() || pool.isPaused()) return
    const { executor } = pool
    const jobs = this.#buffer.take(executor.free, executor.hasSoloRoom ? 0 : 1)
    if (jobs.length > 0) {
      onStart(jobs)
      executor.start(jobs)
    }
    if (this.#buffer.wanted(executor.free) > 0) onRoom()
  }
}
