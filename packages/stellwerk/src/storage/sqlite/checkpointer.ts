import type { Log } from '../../std/log.ts'
import type { SqliteConnection } from './connection.ts'
import { LARGEST_WAL_BYTES } from './largest-wal.ts'
import { isBusy } from './store-error.ts'

const LARGE_BYTES = 24 * 1024 * 1024
/**
 * How long readers and writers that follow one another without a gap are waited for: for readers of the log, then for those that began meanwhile, 100 ms each by our own
 * rule. Whoever begins after that reads the database alone.
 */
const PATIENCE_MS = 300
/** The same when the log nears its bound: a busy machine may not give readers the processor in time to end by our rule. Nobody writes meanwhile, so that it stays there. */
const URGENT_BYTES = 32 * 1024 * 1024
const URGENT_PATIENCE_MS = 1_500
/** The pause after waiting in vain, since the whole process waits. */
const PATIENCE_PAUSE_MS = 500
/** From here on somebody is stuck, who is waited for ever less often: after half a second, one, two and so on up to this. */
const LONGEST_PATIENCE_PAUSE_MS = 30_000
/** Few, since others may write as much in the meantime, and a commit may be as large as a bulk dispatch. */
const COMMITS_BETWEEN_LOOKS = 4
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
  #patientAtMs = Number.NEGATIVE_INFINITY
  #inVain = 0
  #isHeld = false
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
    const bytes = this.#run('NOOP') * this.#pageBytes
    if (bytes <= LARGE_BYTES) return
    if (this.#connection.isStation) this.#restart(bytes)
    else if (!this.#stationLives()) this.#run('PASSIVE')
    this.#lastAtMs = performance.now()
  }

  #restart(bytes: number): void {
    if (performance.now() < this.#patientAtMs) {
      this.#run('RESTART')
      return
    }
    const usual = Number(this.#connection.prepare('PRAGMA busy_timeout').get()?.[0])
    this.#connection.database.exec(`PRAGMA busy_timeout = ${bytes > URGENT_BYTES ? URGENT_PATIENCE_MS : PATIENCE_MS}`)
    this.#isHeld = false
    this.#run('RESTART')
    this.#connection.database.exec(`PRAGMA busy_timeout = ${usual}`)
    this.#inVain = this.#isHeld && bytes > LARGEST_WAL_BYTES ? this.#inVain + 1 : 0
    const pauseMs = Math.min(LONGEST_PATIENCE_PAUSE_MS, PATIENCE_PAUSE_MS * 2 ** this.#inVain)
    this.#patientAtMs = this.#isHeld ? performance.now() + pauseMs : Number.NEGATIVE_INFINITY
  }

  #stationLives(): boolean {
    return this.#connection.prepare(STATION_LIVES).get(this.#connection.nowMs()) !== undefined
  }

  /** Frames in the log; a log that others hold is left for the next pass. */
  #run(mode: Mode): number {
    try {
      const row = this.#connection.prepare<[number, number, number]>(`PRAGMA wal_checkpoint(${mode})`).get()
      this.#isHeld ||= row?.[0] === 1
      return Math.max(0, row?.[1] ?? 0)
    } catch (error) {
      this.#isHeld ||= isBusy(error)
      if (!isBusy(error)) this.#log.warn('checkpoint failed', { path: this.#connection.path, mode, error })
      return 0
    }
  }
}
