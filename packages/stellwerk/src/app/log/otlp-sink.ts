import { sleep } from '../../std/sleep.ts'
import type { LogEntry, LogSink } from './log-entry.ts'
import { otlpRequest } from './otlp-request.ts'
import type { OtlpTarget } from './otlp-target.ts'
import type { WriteLine } from './stream-sink.ts'

/** How entries reach a collector. */
export interface OtlpSinkOptions {
  readonly target: OtlpTarget
  /** Told once per outage, and of how many entries it cost. */
  readonly note: WriteLine
  /** Pause before a batch is sent, ms. Default 1,000. */
  readonly delayMs?: number
}

/** Entries that wait; what comes on top is dropped and counted. */
const mostWaiting = 4_096
const batchSize = 512
const requestMs = 10_000
const closeMs = 3_000
/** Pauses after the tries of one batch, ms; after the last one it is dropped. */
const pausesMs = [500, 2_000, 4_000, 8_000]
/** Answers after which the specification of OTLP/HTTP wants another try. */
const passing = new Set([429, 502, 503, 504])

/** Entries to a collector by OTLP/HTTP in JSON: batches of up to 512, a second after the first entry, one request at a time. */
export function createOtlpSink({ target, note, delayMs = 1_000 }: OtlpSinkOptions): LogSink {
  return new OtlpSink({ target, note, delayMs })
}

class OtlpSink implements LogSink {
  readonly #options: Required<OtlpSinkOptions>
  readonly #waiting: LogEntry[] = []
  readonly #closing = new AbortController()
  #dropped = 0
  #isAway = false
  #sending: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: Required<OtlpSinkOptions>) {
    this.#options = options
  }

  write(entry: LogEntry): void {
    if (this.#waiting.length >= mostWaiting) this.#dropped++
    else this.#waiting.push(entry)
    if (this.#sending !== undefined) return
    if (this.#waiting.length >= batchSize) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), this.#options.delayMs).unref()
  }

  async close(): Promise<void> {
    const hurry = setTimeout(() => this.#closing.abort(), closeMs)
    if (this.#sending === undefined) this.#send()
    await this.#sending
    clearTimeout(hurry)
    this.#closing.abort()
  }

  #send(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined
    })
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, batchSize)
      const reason = await this.#deliver(batch)
      this.#settle(batch.length, reason)
    }
  }

  #settle(count: number, reason: string | null): void {
    const { note, target } = this.#options
    if (reason !== null) {
      this.#dropped += count
      if (!this.#isAway) note(`stellwerk: log lines do not reach ${target.url}: ${reason}\n`)
      this.#isAway = true
    } else if (this.#isAway || this.#dropped > 0) {
      note(`stellwerk: log lines reach ${target.url} again; ${this.#dropped} were dropped\n`)
      this.#isAway = false
      this.#dropped = 0
    }
  }

  /** Null once a batch is delivered, else why it was dropped. */
  async #deliver(batch: readonly LogEntry[]): Promise<string | null> {
    const { signal } = this.#closing
    let last: string | null = null
    for (const pauseMs of pausesMs) {
      const { reason, isPassing } = await this.#post(batch)
      // What the end of the process has cut off says less than the try before it.
      last = signal.aborted ? (last ?? reason) : reason
      if (reason === null || !isPassing || signal.aborted) return last
      await sleep(pauseMs, signal)
    }
    return last
  }

  async #post(batch: readonly LogEntry[]): Promise<{ readonly reason: string | null; readonly isPassing: boolean }> {
    const { url, headers, source } = this.#options.target
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(otlpRequest(batch, source)),
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(requestMs), this.#closing.signal]),
      })
      await response.body?.cancel()
      if (response.ok) return { reason: null, isPassing: false }
      return { reason: `it answered ${response.status}`, isPassing: passing.has(response.status) }
    } catch (error) {
      return { reason: reasonOf(error), isPassing: true }
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
