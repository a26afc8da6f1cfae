import { connect, type Socket } from 'node:net'
import { monotonicMs } from '../../std/monotonic.ts'
import type { WriteLine } from './stream-sink.ts'

/** A receiver of messages in a stream. */
export interface SyslogStreamOptions {
  readonly host: string
  readonly port: number
  /** For people. */
  readonly address: string
  /** Told once per outage, and of how many lines it cost. */
  readonly note: WriteLine
}

/** Bytes that wait for a receiver; what comes on top is dropped and counted. */
const maxWaitingBytes = 1_048_576
const retryMs = 1_000
const closeMs = 2_000

/** One connection to a receiver, opened with the first message and anew, at most once a second, when it was lost. Messages wait for it up to 1 MiB. */
export class SyslogStream {
  readonly #options: SyslogStreamOptions
  readonly #waiting: Buffer[] = []
  #waitingBytes = 0
  #dropped = 0
  #isAway = false
  #socket: Socket | undefined
  #isOpen = false
  #triedMs = Number.NEGATIVE_INFINITY
  #retry: NodeJS.Timeout | undefined
  #closed: Promise<void> | undefined

  constructor(options: SyslogStreamOptions) {
    this.#options = options
  }

  send(message: Buffer): void {
    if (this.#closed !== undefined) return
    if (this.#waitingBytes + message.length > maxWaitingBytes) this.#dropped++
    else {
      this.#waiting.push(message)
      this.#waitingBytes += message.length
    }
    this.#push()
  }

  /** Waits two seconds at most for what is on its way. */
  close(): Promise<void> {
    this.#closed ??= this.#end()
    return this.#closed
  }

  #push(): void {
    if (this.#isOpen && this.#socket !== undefined) this.#write(this.#socket)
    else if (this.#socket === undefined) this.#connect()
  }

  #write(socket: Socket): void {
    // What the kernel does not take stays here, where it is bounded.
    while (this.#waiting.length > 0 && !socket.writableNeedDrain) {
      const message = this.#waiting.shift() ?? Buffer.alloc(0)
      this.#waitingBytes -= message.length
      socket.write(message)
    }
  }

  #connect(): void {
    const waitMs = this.#triedMs + retryMs - monotonicMs()
    if (waitMs > 0) {
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined
        this.#push()
      }, waitMs).unref()
      return
    }
    this.#triedMs = monotonicMs()
    const { host, port, address, note } = this.#options
    const socket = connect({ host, port })
    socket.unref()
    // A receiver says nothing; without reading, its leaving would go unseen.
    socket.resume()
    this.#socket = socket
    socket.on('connect', () => {
      this.#isOpen = true
      if (this.#isAway) note(`stellwerk: log lines reach ${address} again; ${this.#dropped} were dropped\n`)
      this.#isAway = false
      this.#dropped = 0
      this.#write(socket)
    })
    socket.on('drain', () => this.#write(socket))
    socket.on('error', (error) => {
      if (!this.#isAway) note(`stellwerk: log lines do not reach ${address}: ${error.message}\n`)
      this.#isAway = true
    })
    socket.on('close', () => this.#onLost())
  }

  #onLost(): void {
    this.#socket = undefined
    this.#isOpen = false
    if (this.#closed === undefined && this.#waiting.length > 0) this.#connect()
  }

  async #end(): Promise<void> {
    clearTimeout(this.#retry)
    const socket = this.#socket
    if (socket === undefined) {
      if (this.#waiting.length > 0)
        this.#options.note(`stellwerk: ${this.#waiting.length} log lines did not reach ${this.#options.address}\n`)
      return
    }
    socket.ref()
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => socket.destroy(), closeMs)
      socket.once('close', () => {
        clearTimeout(force)
        resolve()
      })
      const finish = (): void => {
        this.#write(socket)
        if (this.#waiting.length === 0) socket.end()
        else socket.once('drain', finish)
      }
      if (this.#isOpen) finish()
      else socket.once('connect', finish)
    })
  }
}
