import { monotonicMs } from '../std/monotonic.ts'

/** How late a deadline may be noticed, ms. */
const tickMs = 50

interface Entry<T> {
  readonly item: T
  readonly dueMs: number
}

/**
 * Calls `onDue` for each item whose time is over, within 50 ms. Items of one duration share a queue in order of arrival, so adding and
 * removing cost next to nothing, and one timer serves them all.
 */
export class DeadlineWatch<T extends object> {
  readonly #onDue: (item: T) => void
  readonly #queues = new Map<number, Map<T, Entry<T>>>()
  #timer: NodeJS.Timeout | undefined

  constructor(onDue: (item: T) => void) {
    this.#onDue = onDue
  }

  /** `item` is due `durationMs` after `nowMs`. */
  add(item: T, durationMs: number, nowMs: number): void {
    let queue = this.#queues.get(durationMs)
    if (queue === undefined) {
      queue = new Map()
      this.#queues.set(durationMs, queue)
    }
    queue.set(item, { item, dueMs: nowMs + durationMs })
    this.#timer ??= setInterval(() => this.#tick(), tickMs)
  }

  /** Safe for an item that is not watched. */
  remove(item: T, durationMs: number): void {
    this.#queues.get(durationMs)?.delete(item)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#queues.clear()
  }

  #tick(): void {
    const now = monotonicMs()
    for (const [durationMs, queue] of this.#queues) {
      for (const { item, dueMs } of queue.values()) {
        if (dueMs > now) break
        queue.delete(item)
        this.#onDue(item)
      }
      if (queue.size === 0) this.#queues.delete(durationMs)
    }
    if (this.#queues.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }
}
