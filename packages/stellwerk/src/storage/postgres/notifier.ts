import type { DispatchGroup } from '../dispatch-store.ts'
import type { Notice } from './insert-jobs.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** A commit without another within this time before it carries its notification itself. */
const idleMs = 50
/** What follows a notification waits at least so long, */
const shortestPauseMs = 10
/** and so many times what the notification took, for each commit that it told of: the busier the process and the slower the server, the fewer are sent, */
const timesItsCost = 5
/** but never longer than this. */
const longestPauseMs = 50

/** The payload of a notification that names no one queue. */
export const anyQueue = ''

/**
 * Sends wake-ups: inside the commit when the driver was idle, since that costs nothing then. When it is busy, after the commit, and one for all that commit
 * during the pause behind the last one: notifying commits wait for each other, and those with jobs for the disk as well. Own listeners are called at once.
 */
export class Notifier {
  readonly #db: Pick<PostgresDatabase, 'query'>
  readonly #channel: string
  readonly #wakeOwn: () => void
  readonly #owed = new Set<string>()
  #owedCommits = 0
  readonly #underWay = new Set<Promise<void>>()
  #lastAtMs = Number.NEGATIVE_INFINITY
  #pausedUntilMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined

  constructor(db: Pick<PostgresDatabase, 'query'>, channel: string, wakeOwn: () => void) {
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
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#owed.size === 0) return
    const sending = this.#send()
    this.#underWay.add(sending)
    void sending.then(() => {
      this.#underWay.delete(sending)
      this.#plan()
    })
  }

  /** Sends what is owed before the process ends. Never rejects. */
  async flush(): Promise<void> {
    this.hurry()
    await Promise.all(this.#underWay)
  }

  #owe(queues: readonly string[]): void {
    for (const queue of queues) this.#owed.add(queue)
    this.#owedCommits++
    this.#plan()
  }

  /** Has what is owed sent when the pause is over, and not before the one under way has told how long it took. */
  #plan(): void {
    if (this.#owed.size === 0 || this.#timer !== undefined || this.#underWay.size > 0) return
    const pauseMs = this.#pausedUntilMs - performance.now()
    if (pauseMs <= 0) this.hurry()
    else this.#timer = setTimeout(() => this.hurry(), pauseMs)
  }

  /** A wake-up that fails is only a slower one: polling goes on underneath. */
  async #send(): Promise<void> {
    const queues = [...this.#owed]
    const commits = this.#owedCommits
    this.#owed.clear()
    this.#owedCommits = 0
    const startMs = performance.now()
    await this.#db
      .query('SELECT count(pg_notify($1, q)) FROM unnest($2::text[]) AS q', [this.#channel, queues])
      .catch(() => {})
    const endMs = performance.now()
    const pauseMs = (endMs - startMs) * timesItsCost * commits
    this.#pausedUntilMs = endMs + Math.min(longestPauseMs, Math.max(shortestPauseMs, pauseMs))
  }
}

/** The queues of a group, each once. */
export function queuesOf(group: DispatchGroup): readonly string[] {
  return [...new Set(group.jobs.map((job) => job.queue))]
}
