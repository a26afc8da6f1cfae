import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { StellwerkError } from '../../domain/errors.ts'
import { retryWhileBusy } from './busy-retry.ts'
import { lockHeld } from './lock-held.ts'
import { type NowMs, registerNowMs } from './now-ms.ts'
import { SharedCommit } from './shared-commit.ts'
import { type SqlRow, type Statement, toStatement } from './statement.ts'
import { toStoreError } from './store-error.ts'
import { releaseWakeHub, takeWakeHub, type WakeHub } from './wake-hub.ts'

/** How one connection is opened. `path` is the real path of a file that exists. */
export interface ConnectionOptions {
  readonly path: string
  readonly readOnly: boolean
  readonly nowMs: NowMs
  /** How long SQLite itself may wait for a lock, ms: 0 in a process that has an event loop to serve. */
  readonly busyTimeoutMs: number
}

/** What a write says of itself once it has committed. */
export interface WriteOptions {
  /** Jobs may have become ready: wake whoever waits. */
  readonly wakes?: boolean
}

const OTHERS_RECENTLY_MS = 50
const YIELD_MS = 1

/**
 * The one writer connection of a store. Transactions are synchronous and so never interleave; only the wait for another process's lock is
 * asynchronous. Statements are prepared once.
 */
export class SqliteConnection {
  readonly path: string
  readonly nowMs: NowMs
  readonly hub: WakeHub
  readonly database: DatabaseSync
  /** A station gives way to other writers after each commit. */
  isStation = false
  /** Called after every commit of this connection; must not throw. */
  onCommit: () => void = () => {}
  readonly #statements = new Map<string, Statement<SqlRow>>()
  readonly #shared = new SharedCommit({
    alone: (work) => this.#transaction(work),
    nested: (work) => this.#nested(work),
    isOpen: () => this.database.isTransaction,
  })
  readonly #underWay = new Set<Promise<unknown>>()
  #closed = false
  #closing: Promise<void> | undefined
  #seenVersion = 0
  #seenCommits = 0
  #othersWroteAtMs = Number.NEGATIVE_INFINITY
  #committedAtMs = Number.NEGATIVE_INFINITY

  constructor(options: ConnectionOptions) {
    this.path = options.path
    this.nowMs = () => Math.trunc(options.nowMs())
    this.database = openDatabase(options)
    registerNowMs(this.database, this.nowMs)
    this.hub = takeWakeHub(options.path)
  }

  /** The statement with this text, prepared at its first use. */
  prepare<Row extends SqlRow = SqlRow>(text: string): Statement<Row> {
    let statement = this.#statements.get(text)
    if (statement === undefined) {
      statement = toStatement<SqlRow>(this.database.prepare(text))
      this.#statements.set(text, statement)
    }
    return statement as Statement<Row>
  }

  /**
   * Runs `work` in one BEGIN IMMEDIATE transaction and commits; rolled back when it throws. Writes of one turn may share a commit ({@link SharedCommit}), and
   * `work` may run again when that finds a lock.
   * @throws STORE_BUSY after 5 s, CLOSED, and what the file answers: STORE_FULL, STORE_CORRUPT, STORE_NOT_WRITABLE
   */
  async write<T>(work: () => T, options: WriteOptions = {}): Promise<T> {
    const value = await this.#guarded(async () => {
      if (this.isStation && this.#othersWriteNow()) await delay(YIELD_MS)
      return await this.#shared.write(work)
    })
    if (options.wakes === true) this.hub.notify()
    return value
  }

  /** Runs `work`, which only reads, and retries while the file is locked (another process recovers or truncates its log). @throws as write */
  async read<T>(work: () => T | Promise<T>): Promise<T> {
    return await this.#guarded(() => retryWhileBusy(work))
  }

  /** Waits for what is under way, then closes. Safe to repeat. */
  close(): Promise<void> {
    this.#closed = true
    this.#closing ??= this.#close()
    return this.#closing
  }

  get isClosed(): boolean {
    return this.#closed
  }

  async #close(): Promise<void> {
    await Promise.allSettled([...this.#underWay])
    this.#statements.clear()
    this.database.close()
    releaseWakeHub(this.path)
  }

  async #guarded<T>(work: () => Promise<{ value: T } | undefined>): Promise<T> {
    if (this.#closed) throw new StellwerkError('CLOSED', `the store ${this.path} is closed; open it again`)
    const running = work()
    this.#underWay.add(running)
    try {
      const done = await running
      if (done === undefined) throw lockHeld(this)
      return done.value
    } catch (error) {
      throw toStoreError(error, this.path)
    } finally {
      this.#underWay.delete(running)
    }
  }

  #transaction<T>(work: () => T): T {
    this.prepare('BEGIN IMMEDIATE').run()
    try {
      this.#noticeOthers()
      const value = work()
      this.prepare('COMMIT').run()
      this.#noteCommit()
      return value
    } catch (error) {
      if (this.database.isTransaction) this.prepare('ROLLBACK').run()
      throw error
    }
  }

  #nested<T>(work: () => T): T {
    this.prepare('SAVEPOINT stellwerk_write').run()
    try {
      return work()
    } catch (error) {
      if (this.database.isTransaction) this.prepare('ROLLBACK TO stellwerk_write').run()
      throw error
    } finally {
      if (this.database.isTransaction) this.prepare('RELEASE stellwerk_write').run()
    }
  }

  #noteCommit(): void {
    this.hub.commits += 1
    this.#seenCommits += 1
    this.#committedAtMs = performance.now()
    this.#shared.beginTurn()
    this.onCommit()
  }

  /** A version that moved without a commit of this process is another process writing. */
  #noticeOthers(): void {
    const version = Number(this.prepare('PRAGMA data_version').get()?.[0] ?? 0)
    if (version !== this.#seenVersion && this.hub.commits === this.#seenCommits && this.#seenVersion !== 0) {
      this.#othersWroteAtMs = performance.now()
    }
    this.#seenVersion = version
    this.#seenCommits = this.hub.commits
  }

  #othersWriteNow(): boolean {
    const now = performance.now()
    return now - this.#othersWroteAtMs < OTHERS_RECENTLY_MS && now - this.#committedAtMs < YIELD_MS
  }
}

function openDatabase({ path, readOnly, busyTimeoutMs }: ConnectionOptions): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly, timeout: busyTimeoutMs, allowExtension: false })
  } catch (error) {
    throw toStoreError(error, path)
  }
}
