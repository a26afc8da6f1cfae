import type { DispatchGroup } from '../dispatch-store.ts'
import type { Notice } from './insert-jobs.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** A commit without another within this time before it carries its notification itself. */
const idleMs = 50

/** The payload of a notification that names no one queue. */
export const anyQueue = ''

/**
 * Sends wake-ups: inside the commit when the driver was idle, since that costs nothing then, and one for all commits of the last 50 ms when it
 * is busy, since notifying commits wait for each other. Own listeners are called at once.
 */
export class Notifier {
  readonly #db: PostgresDatabase
  readonly #channel: string
  readonly #wakeOwn: () => void
  readonly #owed = new Set<string>()
  #lastAtMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> | undefined

  constructor(db: PostgresDatabase, channel: string, wakeOwn: () => void) {
    this.#db = db
    this.#channel = channel
    this.#wakeOwn = wakeOwn
  }

  /** For a statement that wakes nobody. */
  get noNotice(): Notice {
    return { channel: this.#channel, queues: [] }
  }

  /** What the statement that inserts `group` is to notify. */
  noticeFor(group: DispatchGroup): Notice {
    const nowMs = performance.now()
    const isIdle = nowMs - this.#lastAtMs >= idleMs
    this.#lastAtMs = nowMs
    return { channel: this.#channel, queues: isIdle ? queuesOf(group) : [] }
  }

  /** Called after the commit: what the notice did not carry is owed. */
  committed(group: DispatchGroup, notice: Notice): void {
    this.#wakeOwn()
    if (notice.queues.length > 0) return
    this.#owe(queuesOf(group))
  }

  /** Jobs of these queues became ready otherwise than by a dispatch. */
  woken(queues: readonly string[]): void {
    this.#wakeOwn()
    this.#owe(queues)
  }

  /** Sends what is owed now; nothing where nothing is. */
  hurry(): void {
    if (this.#owed.size === 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sending = this.#send()
  }

  /** Sends what is owed before the process ends. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#sending
    await this.#send()
  }

  /** Has these queues notified within 50 ms. */
  #owe(queues: readonly string[]): void {
    for (const queue of queues) this.#owed.add(queue)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#sending = this.#send()
    }, idleMs)
  }

  /** A wake-up that fails is only a slower one: polling goes on underneath. */
  async #send(): Promise<void> {
    const queues = [...this.#owed]
    this.#owed.clear()
    if (queues.length === 0) return
    await this.#db
      .query('SELECT count(pg_notify($1, q)) FROM unnest($2::text[]) AS q', [this.#channel, queues])
      .catch(() => {})
  }
}

/** The queues of a group, each once. */
export function queuesOf(group: DispatchGroup): readonly string[] {
  return [...new Set(group.jobs.map((job) => job.queue))]
}
