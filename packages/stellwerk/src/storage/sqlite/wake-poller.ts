import type { Wake } from '../wake.ts'
import type { SqliteConnection } from './connection.ts'

const POLL_EVERY_MS = 5

/** How long a station may sleep without looking: the poll above tells it of every commit. */
const LONGEST_SLEEP_MS = 1_000

/** Notifications: from this process at once, from others by looking at `PRAGMA data_version` while somebody listens. */
export class WakePoller implements Wake {
  readonly pollMs = LONGEST_SLEEP_MS
  readonly apartMs = POLL_EVERY_MS + 1
  readonly #connection: SqliteConnection
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #seen = 0

  constructor(connection: SqliteConnection) {
    this.#connection = connection
  }

  subscribe(listener: () => void): () => void {
    const own = (): void => listener()
    const leaveHub = this.#connection.hub.subscribe(own)
    this.#listeners.add(own)
    this.#start()
    return () => {
      leaveHub()
      this.#listeners.delete(own)
      if (this.#listeners.size === 0) this.stop()
    }
  }

  /** Whoever polls is told by nobody. */
  hurry(): void {}

  /** Ends the polling; subscriptions stay, and hear of this process only. */
  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #start(): void {
    if (this.#timer !== undefined) return
    this.#seen = this.#version()
    this.#timer = setInterval(() => this.#look(), POLL_EVERY_MS)
    this.#timer.unref()
  }

  #look(): void {
    const version = this.#version()
    if (version === this.#seen) return
    this.#seen = version
    for (const listener of [...this.#listeners]) listener()
  }

  /** A file that is locked for a moment is looked at again soon. */
  #version(): number {
    try {
      return Number(this.#connection.prepare('PRAGMA data_version').get()?.[0] ?? 0)
    } catch {
      return this.#seen
    }
  }
}
