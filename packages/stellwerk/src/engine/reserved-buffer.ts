import { type OrdinaryRoom, ordinaryRoom, type ReservedSlots } from '../domain/queue/reserved-slots.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import { ClaimBuffer } from './claim-buffer.ts'
import type { ArrivedJob, ClaimedBatch, ClaimRef, Executor } from './executor.ts'

/** What a pool holds ready, however it is sorted. */
export type JobBuffer = Pick<ClaimBuffer, 'held' | 'wanted' | 'add' | 'take' | 'remove' | 'ids' | 'drain'>

/**
 * Claimed jobs of a pool that keeps slots for a priority: urgent ones start first, the others as far as the reserve allows. Nothing is claimed ahead: what
 * waits here for a slot would keep it from the jobs that the slots are kept for.
 */
export class ReservedBuffer implements JobBuffer {
  readonly #reserved: ReservedSlots
  readonly #executor: () => Pick<Executor, 'running' | 'runningFrom'>
  readonly #urgent = new ClaimBuffer()
  readonly #ordinary = new ClaimBuffer()

  constructor(reserved: ReservedSlots, executor: () => Pick<Executor, 'running' | 'runningFrom'>) {
    this.#reserved = reserved
    this.#executor = executor
  }

  get held(): number {
    return this.#urgent.held + this.#ordinary.held
  }

  wanted(free: number): number {
    return Math.max(0, free - this.held)
  }

  /** How many of `free` slots, beyond what is held, jobs below the priority may be claimed for. */
  roomFor(free: number): OrdinaryRoom {
    const { priority } = this.#reserved
    const room = this.#room({ free, urgent: this.#urgent.held, ordinary: this.#ordinary.held })
    return { priority, room }
  }

  add({ jobs, receivedMs }: ClaimedBatch): void {
    const { priority } = this.#reserved
    this.#urgent.add({ jobs: jobs.filter((job) => job.priority >= priority), receivedMs })
    this.#ordinary.add({ jobs: jobs.filter((job) => job.priority < priority), receivedMs })
  }

  take(free: number, running: number): readonly ArrivedJob[] {
    const first = this.#urgent.take(free, running)
    const left = free - first.length
    // A suspect that waits for an empty executor is not overtaken.
    if (left === 0 || this.#urgent.held > 0 || first.some(({ job }) => job.solo)) return first
    const room = this.#room({ free: left, urgent: first.length, ordinary: 0 })
    return [...first, ...this.#ordinary.take(room, running + first.length)]
  }

  remove(claim: ClaimRef): ClaimedJob | undefined {
    return this.#urgent.remove(claim) ?? this.#ordinary.remove(claim)
  }

  ids(): readonly number[] {
    return [...this.#urgent.ids(), ...this.#ordinary.ids()]
  }

  drain(): readonly ClaimedJob[] {
    return [...this.#urgent.drain(), ...this.#ordinary.drain()]
  }

  /** With jobs that are about to start beside those that run. */
  #room(about: { readonly free: number; readonly urgent: number; readonly ordinary: number }): number {
    const executor = this.#executor()
    const urgent = executor.runningFrom(this.#reserved.priority)
    return ordinaryRoom(this.#reserved, {
      free: about.free,
      urgent: urgent + about.urgent,
      ordinary: executor.running - urgent + about.ordinary,
    })
  }
}
