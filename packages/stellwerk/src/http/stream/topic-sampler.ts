import { isStellwerkError } from '../../domain/errors.ts'
import type { Sample } from '../snapshots.ts'
import type { Connection } from './connection.ts'
import { diff } from './diff.ts'
import { encodeEvent } from './encode-event.ts'
import { type LiveView, liveView } from './live-view.ts'

/** What a sampler reads, and how its events are called. */
export interface SamplerOptions {
  readonly topic: string
  /** Reads the view anew. Errors that say that there is nothing end the topic, all others make it stale. */
  readonly read: () => Promise<Sample>
  /** Time of a sample whose value says none, ISO 8601. */
  readonly now: () => Promise<string>
  /** Called once a reading failed after one that did not, with its code. */
  readonly onStale: (code: string) => void
  /** Called once there is nothing behind the topic any more: no event follows. */
  readonly onGone: () => void
  /** Called when the last viewer has left. */
  readonly onIdle: () => void
}

/** Pause between two readings, ms; longer where a reading is slow, so that it takes a tenth of the time at most. */
const tickMs = 1_000
const slowMs = 100
const longestTickMs = 10_000
/** From then on a reading that has not ended makes the topic stale. */
const patienceMs = 5_000
/** Errors that say that there is nothing behind the topic. */
const goneCodes: ReadonlySet<string> = new Set(['JOB_NOT_FOUND', 'QUEUE_NOT_FOUND', 'WORKER_NOT_FOUND'])

/** Reads one view for all its viewers once a second and tells them what changed. Asleep without viewers. */
export class TopicSampler {
  readonly #options: SamplerOptions
  readonly #viewers = new Set<Connection>()
  #timer: NodeJS.Timeout | undefined
  #isReading = false
  #wantsAnother = false
  #view: LiveView | undefined
  #snapshot: Uint8Array | undefined
  #staleCode: string | null = null
  #hasGone = false

  constructor(options: SamplerOptions) {
    this.#options = options
  }

  /** Viewers now. */
  get viewers(): number {
    return this.#viewers.size
  }

  /** Adds a viewer: what is known is sent at once, else with the first reading. */
  add(viewer: Connection): void {
    this.#viewers.add(viewer)
    if (this.#view !== undefined) viewer.send(this.#encodedSnapshot(this.#view))
    if (this.#staleCode !== null) viewer.send(this.#encodedStale(this.#staleCode))
    if (this.#timer === undefined && !this.#isReading) this.#readNow()
  }

  /** Removes a viewer; without any the sampler sleeps and forgets. */
  remove(viewer: Connection): void {
    if (!this.#viewers.delete(viewer) || this.#viewers.size > 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#view = undefined
    this.#snapshot = undefined
    this.#staleCode = null
    this.#options.onIdle()
  }

  /** Reads at once, since something has changed. */
  nudge(): void {
    if (this.#viewers.size === 0 || this.#hasGone) return
    if (this.#isReading) this.#wantsAnother = true
    else this.#readNow()
  }

  #readNow(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isReading = true
    const impatience = setTimeout(() => this.#fail('STORE_UNREACHABLE'), patienceMs)
    const startedMs = performance.now()
    void this.#read().finally(() => {
      clearTimeout(impatience)
      this.#isReading = false
      this.#schedule(performance.now() - startedMs)
    })
  }

  async #read(): Promise<void> {
    try {
      const sample = await this.#options.read()
      const view = await liveView(sample.value, this.#options.now)
      if (this.#viewers.size > 0) this.#succeed(view)
    } catch (error) {
      const code = isStellwerkError(error) ? error.code : 'INTERNAL'
      if (goneCodes.has(code)) this.#leave(code)
      else this.#fail(code)
    }
  }

  #schedule(tookMs: number): void {
    if (this.#viewers.size === 0 || this.#hasGone) return
    const wantsAnother = this.#wantsAnother
    this.#wantsAnother = false
    if (wantsAnother) {
      this.#readNow()
      return
    }
    const pauseMs = tookMs > slowMs ? Math.min(tookMs * 9, longestTickMs) : tickMs - tookMs
    this.#timer = setTimeout(() => this.#readNow(), Math.max(pauseMs, tickMs - slowMs))
  }

  #succeed(view: LiveView): void {
    const before = this.#view
    this.#view = view
    this.#snapshot = undefined
    if (before === undefined || this.#staleCode !== null) {
      this.#staleCode = null
      this.#broadcast(this.#encodedSnapshot(view))
      return
    }
    const ops = diff(before.value, view.value)
    if (ops.length > 0) this.#broadcast(encodeEvent('patch', { topic: this.#options.topic, at: view.at, ops }))
  }

  #fail(code: string): void {
    if (this.#staleCode !== null || this.#viewers.size === 0) return
    this.#staleCode = code
    this.#options.onStale(code)
    this.#broadcast(this.#encodedStale(code))
  }

  #leave(code: string): void {
    this.#hasGone = true
    this.#broadcast(encodeEvent('gone', { topic: this.#options.topic, code }))
    this.#options.onGone()
  }

  #broadcast(bytes: Uint8Array): void {
    for (const viewer of [...this.#viewers]) viewer.send(bytes)
  }

  #encodedSnapshot(view: LiveView): Uint8Array {
    this.#snapshot ??= encodeEvent('snapshot', {
      topic: this.#options.topic,
      at: view.at,
      value: view.value,
    })
    return this.#snapshot
  }

  #encodedStale(code: string): Uint8Array {
    return encodeEvent('stale', { topic: this.#options.topic, since: this.#view?.at ?? null, code })
  }
}
