import type { ClaimHolds } from '../domain/queue/queue-pause.ts'
import type { QueueSettingStore } from '../storage/queue-setting-store.ts'

/** What holds jobs back, as a station read it last. One for all its pools; closed until it was read once. */
export class ClaimGate {
  #holds: ClaimHolds | undefined
  #pausedQueues: ReadonlySet<string> = new Set()

  get pausedQueues(): ReadonlySet<string> {
    return this.#pausedQueues
  }

  /** Whether anything at all may be claimed; `force` works through maintenance. */
  isOpen(force: boolean): boolean {
    return this.#holds !== undefined && (force || this.#holds.maintenance === null)
  }

  /** Takes what was read; true where something may be claimed now that might not before. */
  learn(holds: ClaimHolds): boolean {
    const before = this.#holds
    const paused = new Set(holds.pauses.map(({ queue }) => queue))
    const isWider =
      before === undefined ||
      (before.maintenance !== null && holds.maintenance === null) ||
      before.pauses.some(({ queue }) => !paused.has(queue))
    this.#holds = holds
    this.#pausedQueues = paused
    return isWider
  }
}

/** A gate that knows what holds now: before the first claim, so that no look around finds a store without work where work is held back. @throws what the store throws */
export async function openClaimGate(settings: Pick<QueueSettingStore, 'holds'>): Promise<ClaimGate> {
  const gate = new ClaimGate()
  gate.learn(await settings.holds())
  return gate
}
