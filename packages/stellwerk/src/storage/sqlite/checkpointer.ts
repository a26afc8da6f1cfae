import type { Log } from '../../std/log.ts'
import type { SqliteConnection } from './connection.ts'
import { isBusy } from './store-error.ts'

const LARGE_BYTES = 32 * 1024 * 1024
const COMMITS_BETWEEN_LOOKS = 16
const PAUSE_MS = 100

const STATION_LIVES = /* sql */ `SELECT 1 FROM station WHERE state = 'alive' AND alive_until >= ? LIMIT 1`

type Mode = 'NOOP' | 'PASSIVE' | 'RESTART' | 'TRUNCATE'

/** Moves the write-ahead log into the database: stations when it is large or nothing happens, others only where no station lives. */
export class Checkpointer {
  readonly #connection: SqliteConnection
  readonly #log: Log
  readonly #pageBytes: number
  #commits = 0
  #commitsAtLastPass = 0
  #versionAtLastPass = 0
  #lastAtMs = Number.NEGATIVE_INFINITY
  #asked = false

  constructor(connection: SqliteConnection, log: Log) {
    this.#connection = connection
    this.#log = log
    this.#pageBytes = Number(connection.prepare('PRAGMA page_size').get()?.[0])
  }

  /** After a commit: looks now and then whether the log has grown large, and moves it after this turn of the loop. Never throws. */
  readonly noteCommit = (): void => {
    this.#commits += 1
    if (this.#asked || this.#commits % COMMITS_BETWEEN_LOOKS !== 0) return
    if (performance.now() - this.#lastAtMs < PAUSE_MS) return
    this.#asked = true
    setImmediate(() => {
      this.#asked = false
      if (!this.#connection.isClosed) this.#whenLarge()
    })
  }

  /** Once a second at a station: empties the log when nothing was written since the last pass, shortens it when it is large. */
  pass(): void {
    const version = Number(this.#connection.prepare('PRAGMA data_version').get()?.[0])
    const idle = this.#commits === this.#commitsAtLastPass && version === this.#versionAtLastPass
    this.#commitsAtLastPass = this.#commits
    this.#versionAtLastPass = version
    if (!idle) this.#whenLarge()
    else if (this.#run('NOOP') > 0) this.#run('TRUNCATE')
  }

  #whenLarge(): void {
    if (this.#run('NOOP') * this.#pageBytes <= LARGE_BYTES) return
    if (this.#connection.isStation) this.#run('RESTART')
    else if (!this.#stationLives()) this.#run('PASSIVE')
    this.#lastAtMs = performance.now()
  }

  #stationLives(): boolean {
    return this.#connection.prepare(STATION_LIVES).get(this.#connection.nowMs()) !== undefined
  }

  /** Frames in the log; a log that others hold is left for the next pass. */
  #run(mode: Mode): number {
    try {
      const row = this.#connection.prepare<[number, number, number]>(`PRAGMA wal_checkpoint(${mode})`).get()
      return Math.max(0, row?.[1] ?? 0)
    } catch (error) {
      if (!isBusy(error)) this.#log.warn('checkpoint failed', { path: this.#connection.path, mode, error })
      return 0
    }
  }
}
