import { readProblem } from '../problem.ts'
import { backoff } from './backoff.ts'
import { LiveTopics } from './live-topics.ts'
import { readEvents } from './read-events.ts'
import { healthyTopic, type TopicState } from './topic-state.ts'

/** What the connection is like; a new object with every change. */
export interface LiveState {
  readonly isPaused: boolean
  readonly isConnected: boolean
  readonly failures: number
  /** When an answer or an event came last, by performance.now(); 0 = never. */
  readonly lastAt: number
  /** When an answer to a question came last, by performance.now(); 0 = never. */
  readonly answeredAt: number
  /** When the stream was lost, by performance.now(); 0 while it never was. */
  readonly lostAt: number
  readonly topics: ReadonlyMap<string, TopicState>
}

/** What the client needs from outside. */
export interface LiveOptions {
  /** The address of a stream of these topics. */
  address(topics: readonly string[]): string
  /** A new value of a topic, in the form of the GET that it mirrors. */
  onValue(topic: string, value: unknown): void
  /** The server does not know who asks. */
  onSignedOut(): void
  /** Runs work before the next frame is drawn, however many events arrive until then. */
  readonly nextFrame?: (work: () => void) => void
  readonly random?: () => number
}

/** The server sends a sign of life every 15 s; without any for so long the connection is dead. */
const SILENCE_MS = 25_000
/** Pages come and go in one go; the stream is opened once for all of it. */
const SETTLE_MS = 20

/**
 * The one stream of this tab. Open while the tab is visible, not paused, and something is watched; comes back by itself, each time
 * with a whole snapshot.
 */
export class LiveClient {
  readonly #options: LiveOptions
  readonly #topics = new LiveTopics()
  readonly #watched = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #state: LiveState = {
    isPaused: false,
    isConnected: false,
    failures: 0,
    lastAt: 0,
    answeredAt: 0,
    lostAt: 0,
    topics: new Map(),
  }
  #isVisible = true
  #run: AbortController | undefined
  #settling: ReturnType<typeof setTimeout> | undefined
  #isFrameAsked = false

  constructor(options: LiveOptions) {
    this.#options = options
  }

  /** The state now. */
  readonly getState = (): LiveState => this.#state

  /** Calls back with every change of the state; returns what ends it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Watches a topic until the returned function is called. */
  watch(topic: string): () => void {
    this.#watched.set(topic, (this.#watched.get(topic) ?? 0) + 1)
    if (this.#watched.get(topic) === 1) this.#restart()
    return () => this.#unwatch(topic)
  }

  /** The value of a topic if the stream brought or confirmed one since then, by performance.now(). */
  valueSince(topic: string, since: number): unknown {
    return this.#topics.valueSince(topic, since)
  }

  /** Says that the server has answered a question. */
  touch(): void {
    this.#change({ lastAt: performance.now(), answeredAt: performance.now() })
  }

  /** Stops and starts the arrival of figures. */
  setPaused(isPaused: boolean): void {
    if (isPaused === this.#state.isPaused) return
    this.#change({ isPaused, isConnected: false, failures: 0 })
    this.#restart()
  }

  /** A tab that nobody sees gives its connection back: a browser has six of them for all tabs. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return
    this.#isVisible = isVisible
    if (isVisible) this.#change({ failures: 0 })
    this.#restart()
  }

  /** Tries at once, whatever pause is under way. */
  retryNow(): void {
    this.#restart()
  }

  /** Ends the stream. */
  close(): void {
    clearTimeout(this.#settling)
    this.#run?.abort()
    this.#watched.clear()
  }

  #unwatch(topic: string): void {
    const left = (this.#watched.get(topic) ?? 1) - 1
    if (left > 0) return void this.#watched.set(topic, left)
    this.#watched.delete(topic)
    this.#topics.forget(topic)
    this.#restart()
  }

  #restart(): void {
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => {
      this.#run?.abort()
      this.#run = undefined
      const isWanted = this.#isVisible && !this.#state.isPaused && this.#watched.size > 0
      if (!isWanted) return
      this.#run = new AbortController()
      void this.#keepOpen(this.#run.signal)
    }, SETTLE_MS)
  }

  async #keepOpen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#readStream(signal)
      } catch {
        // Whatever ended it: after a pause there is another one.
      }
      if (signal.aborted) return
      const failures = this.#state.failures + 1
      const lostAt = this.#state.isConnected ? performance.now() : this.#state.lostAt
      this.#change({ isConnected: false, failures, lostAt })
      await pause(backoff(failures, (this.#options.random ?? Math.random)()), signal)
    }
  }

  async #readStream(signal: AbortSignal): Promise<void> {
    const silence = new AbortController()
    let watchdog = setTimeout(() => silence.abort(), SILENCE_MS)
    try {
      const response = await fetch(this.#options.address([...this.#watched.keys()].sort()), {
        headers: { accept: 'text/event-stream' },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.any([signal, silence.signal]),
      })
      if (!response.ok || response.body === null) return await this.#refused(response)
      for await (const event of readEvents(response.body)) {
        clearTimeout(watchdog)
        watchdog = setTimeout(() => silence.abort(), SILENCE_MS)
        if (signal.aborted) return
        this.#change({ isConnected: true, failures: 0, lastAt: performance.now() })
        if (this.#topics.take(event)) this.#askForFrame()
      }
    } finally {
      clearTimeout(watchdog)
      silence.abort()
    }
  }

  async #refused(response: Response): Promise<void> {
    const problem = await readProblem(response)
    if (problem.status === 401) this.#options.onSignedOut()
    throw problem
  }

  #askForFrame(): void {
    if (this.#isFrameAsked) return
    this.#isFrameAsked = true
    const nextFrame = this.#options.nextFrame ?? requestAnimationFrame
    nextFrame(() => {
      this.#isFrameAsked = false
      for (const [topic, value] of this.#topics.takeChanged()) this.#options.onValue(topic, value)
      if (this.#topics.states !== this.#state.topics) this.#change({ topics: this.#topics.states })
    })
  }

  #change(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** The state of a topic that the stream has not complained about. */
export function topicState(state: LiveState, topic: string): TopicState {
  return state.topics.get(topic) ?? healthyTopic
}
