import type { StreamEvents } from '../../../../stellwerk/src/http/schemas/stream.ts'
import { parseJson } from '../parse-json.ts'
import { applyPatch } from './apply-patch.ts'
import { fromWireForm } from './from-wire-form.ts'
import type { StreamEvent } from './read-events.ts'
import { healthyTopic, type TopicState } from './topic-state.ts'

interface Known {
  readonly wire: unknown
  /** Time of the sample, ISO 8601. */
  readonly at: string
  /** When the last event came, by performance.now(). */
  readonly arrivedAt: number
}

type Handlers = { readonly [Name in keyof StreamEvents]: (event: StreamEvents[Name]) => void }

/** What the stream has told about each topic: values in the wire form, and what is wrong with them. */
export class LiveTopics {
  readonly #known = new Map<string, Known>()
  #states: ReadonlyMap<string, TopicState> = new Map()
  readonly #changed = new Set<string>()
  readonly #handlers: Handlers = {
    snapshot: ({ topic, at, value }) => this.#keep(topic, value, at),
    patch: ({ topic, at, ops }) => {
      const before = this.#known.get(topic)
      if (before !== undefined) this.#keep(topic, applyPatch(before.wire, ops), at)
    },
    stale: ({ topic, since }) => this.#setState(topic, { ...healthyTopic, staleSince: since }),
    gone: ({ topic }) => this.#setState(topic, { ...healthyTopic, hasGone: true }),
    refused: ({ topic }) => this.#setState(topic, { ...healthyTopic, isRefused: true }),
  }

  /** Takes an event in; false for one that says nothing about a topic. */
  take(event: StreamEvent): boolean {
    if (!Object.hasOwn(this.#handlers, event.name)) return false
    const handle = this.#handlers[event.name as keyof Handlers] as (told: unknown) => void
    handle(parseJson(event.text))
    return true
  }

  /** Topics with a new value since the last call, in the form of the GET that they mirror. */
  takeChanged(): [topic: string, value: unknown][] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed.map((topic) => [topic, this.#valueOf(topic)])
  }

  /** The value of a topic if an event about it came since then. */
  valueSince(topic: string, since: number): unknown {
    return (this.#known.get(topic)?.arrivedAt ?? -1) >= since ? this.#valueOf(topic) : undefined
  }

  /** What is known beside the values; another map once something has changed. */
  get states(): ReadonlyMap<string, TopicState> {
    return this.#states
  }

  /** Forgets a topic that nobody watches any more. */
  forget(topic: string): void {
    this.#known.delete(topic)
    this.#states = new Map([...this.#states].filter(([name]) => name !== topic))
    this.#changed.delete(topic)
  }

  #keep(topic: string, wire: unknown, at: string): void {
    this.#known.set(topic, { wire, at, arrivedAt: performance.now() })
    if (this.#states.has(topic)) this.#setState(topic, healthyTopic)
    this.#changed.add(topic)
  }

  #setState(topic: string, state: TopicState): void {
    this.#states = new Map(this.#states).set(topic, state)
  }

  #valueOf(topic: string): unknown {
    const known = this.#known.get(topic)
    if (known === undefined) return undefined
    const value = fromWireForm(known.wire)
    // The time of the sample is told apart from what it holds, so that a second that changed nothing is no change.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, at: known.at } : value
  }
}
