import { randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { deferred } from '../../std/deferred.ts'
import type { Log } from '../../std/log.ts'
import type { Wake } from '../wake.ts'

/** How often the listener proves that notifications still arrive. */
const checkEveryMs = 10_000
const checkTimeoutMs = 5_000
/** An end that the network swallows is not waited for longer. */
const endTimeoutMs = 1_000
const firstPauseMs = 250
const longestPauseMs = 10_000
const pollListeningMs = 3_000
const pollAloneMs = 250
const notifiedApartMs = 5

/** What the listener is bound to. */
export interface WakeOptions {
  readonly channel: string
  /** A new client of its own, not yet connected; null: do not listen. A transaction-mode pooler needs the server's direct address here. */
  readonly createClient: (() => Client) | null
  /** Sends `payload` to the channel over another connection: only what another sends proves that the listener hears others, also behind a pooler. */
  readonly notify: (payload: string) => Promise<unknown>
  readonly log: Log
  readonly checkEveryMs?: number
  readonly checkTimeoutMs?: number
}

/** Queue names hold no control characters, so a payload that begins with this is a self-check. */
const checkMark = '\u0001'

/**
 * LISTEN on a connection of its own, from the first subscription on. Every 10 s it has a notification sent to itself; one that does not come back,
 * or a lost connection, has it begin anew after a pause. Until it is proven, and while it is lost, `pollMs` is short.
 */
export class PostgresWake implements Wake {
  readonly #options: WakeOptions
  readonly #check = `${checkMark}${randomBytes(9).toString('base64url')}`
  readonly #listeners = new Set<() => void>()
  #client: Client | undefined
  #isProven = false
  #onHurry: (() => void) | undefined
  #isClosed = false
  #failures = 0
  #timer: NodeJS.Timeout | undefined
  #proof: (() => void) | undefined
  #running: Promise<void> | undefined

  constructor(options: WakeOptions) {
    this.#options = options
  }

  get pollMs(): number {
    return this.#isProven ? pollListeningMs : pollAloneMs
  }

  /** Without notifications the polls are where chance has put them. */
  readonly apartMs = notifiedApartMs

  subscribe(listener: () => void): () => void {
    const own = (): void => listener()
    this.#listeners.add(own)
    if (!this.#isClosed && this.#options.createClient !== null && this.#running === undefined) this.#later(0)
    return () => {
      this.#listeners.delete(own)
    }
  }

  /** Calls every listener of this process. */
  wakeOwn(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Who holds notifications of this process back, and is to send them when there is a hurry. */
  hurryBy(onHurry: () => void): void {
    this.#onHurry = onHurry
  }

  hurry(): void {
    this.#onHurry?.()
  }

  /** Ends the connection; waits for what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#proof?.()
    await this.#running
    await this.#drop()
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#running ??= Promise.resolve()
    this.#timer = setTimeout(() => {
      this.#running = this.#round()
    }, ms)
    this.#timer.unref()
  }

  /** One connection attempt or one self-check. Never rejects. */
  async #round(): Promise<void> {
    try {
      this.#client ??= await this.#listen()
      await this.#prove()
      this.#isProven = true
      if (this.#failures > 0) this.#options.log.info('notifications come again')
      this.#failures = 0
      if (!this.#isClosed) this.#later(this.#options.checkEveryMs ?? checkEveryMs)
    } catch (error) {
      await this.#lose(error)
    }
  }

  async #listen(): Promise<Client> {
    const client = this.#options.createClient?.()
    if (client === undefined) throw new Error('no client to listen with')
    client.on('error', (error) => {
      if (this.#client === client) void this.#lose(error)
    })
    client.on('notification', ({ payload }) => {
      if (payload === this.#check) this.#proof?.()
      else if (payload?.startsWith(checkMark) !== true) this.wakeOwn()
    })
    try {
      await client.connect()
      await client.query(`LISTEN "${this.#options.channel}"`)
    } catch (error) {
      await endClient(client)
      throw error
    }
    return client
  }

  /** Jobs may have come while nobody listened: a proof after a loss wakes as well. */
  async #prove(): Promise<void> {
    const wasProven = this.#isProven
    await new Promise<void>((resolve, reject) => {
      const failed = (error: unknown): void => {
        clearTimeout(timer)
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      const timer = setTimeout(
        () => failed(new Error('no notification came back')),
        this.#options.checkTimeoutMs ?? checkTimeoutMs,
      )
      this.#proof = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#options.notify(this.#check).catch(failed)
    })
    this.#proof = undefined
    if (!wasProven) this.wakeOwn()
  }

  async #lose(error: unknown): Promise<void> {
    const wasProven = this.#isProven
    this.#isProven = false
    await this.#drop()
    if (this.#isClosed) return
    this.#failures += 1
    const reason = error instanceof Error ? error.message : String(error)
    if (wasProven || this.#failures === 1)
      this.#options.log.warn('notifications lost, polling instead', { error: reason })
    this.#later(Math.min(firstPauseMs * 2 ** (this.#failures - 1), longestPauseMs) * (0.5 + Math.random() / 2))
  }

  async #drop(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    if (client !== undefined) await endClient(client)
  }
}

/** Says goodbye; a server that does not answer within a second is left with the socket destroyed. Never rejects. */
async function endClient(client: Client): Promise<void> {
  const { promise, resolve } = deferred()
  const timer = setTimeout(() => {
    client.connection.stream.destroy()
    resolve()
  }, endTimeoutMs)
  client.end().then(resolve, () => resolve())
  await promise
  clearTimeout(timer)
}
