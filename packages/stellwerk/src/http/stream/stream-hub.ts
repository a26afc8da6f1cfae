import { StellwerkError } from '../../domain/errors.ts'
import type { Log } from '../../std/log.ts'
import type { StreamEvents } from '../schemas/stream.ts'
import { Connection } from './connection.ts'
import { encodeEvent, heartbeat } from './encode-event.ts'
import { TopicSampler } from './topic-sampler.ts'
import type { TopicView } from './topic-view.ts'

/** Bounds of the streams of one process. */
export interface StreamLimits {
  readonly perActor: number
  readonly total: number
}

/** What a hub needs. */
export interface StreamHubOptions {
  readonly log: Log
  readonly limits?: StreamLimits
}

/** A viewer who opens a stream. */
export interface StreamRequest {
  /** Under which the viewer's streams are counted. */
  readonly actorKey: string
  readonly views: readonly TopicView[]
  /** What else was asked for and cannot be followed: told once, at the start. */
  readonly refused?: readonly StreamEvents['refused'][]
  /** Asked with every heartbeat: false ends the stream, so that a token that was taken away, or a right that changed, counts here too. */
  readonly isStillAllowed: () => Promise<boolean>
}

interface OpenStream {
  readonly actorKey: string
  readonly connection: Connection
  readonly isStillAllowed: () => Promise<boolean>
  beats: number
}

const defaultLimits: StreamLimits = { perActor: 20, total: 500 }
const heartbeatMs = 15_000
/** Signs of life until a stream ends: half an hour. Who comes back is a new request, which the application's own sessions see too. */
const mostBeats = 120

/** All streams of a process, over one sampler per topic and view. */
export class StreamHub {
  readonly #log: Log
  readonly #limits: StreamLimits
  readonly #samplers = new Map<string, TopicSampler>()
  readonly #streams = new Set<OpenStream>()
  #beating: NodeJS.Timeout | undefined
  #isClosed = false

  constructor({ log, limits = defaultLimits }: StreamHubOptions) {
    this.#log = log
    this.#limits = limits
  }

  /** Streams open now. */
  get size(): number {
    return this.#streams.size
  }

  /** Opens a stream; its bytes go on until either side ends it. @throws RATE_LIMITED above the bounds, CLOSED after close */
  open({ actorKey, views, refused = [], isStillAllowed }: StreamRequest): ReadableStream<Uint8Array> {
    this.#refuseTooMany(actorKey)
    const samplers: TopicSampler[] = []
    const stream: OpenStream = {
      actorKey,
      isStillAllowed,
      beats: 0,
      connection: new Connection(() => {
        this.#streams.delete(stream)
        for (const sampler of samplers) sampler.remove(stream.connection)
        if (this.#streams.size === 0) this.#stopBeating()
      }),
    }
    this.#streams.add(stream)
    this.#beating ??= setInterval(() => this.#beat(), heartbeatMs)
    for (const event of refused) stream.connection.send(encodeEvent('refused', event))
    for (const view of views) {
      const sampler = this.#samplerOf(view)
      samplers.push(sampler)
      sampler.add(stream.connection)
    }
    return stream.connection.body
  }

  /** After something was changed: every view is read at once. */
  nudge(): void {
    for (const sampler of this.#samplers.values()) sampler.nudge()
  }

  /** Ends every stream; none can be opened any more. Safe to repeat. */
  close(): void {
    this.#isClosed = true
    for (const { connection } of [...this.#streams]) connection.close()
  }

  #refuseTooMany(actorKey: string): void {
    if (this.#isClosed) throw new StellwerkError('CLOSED', 'the control room is closing; connect again in a moment')
    const own = [...this.#streams].filter((stream) => stream.actorKey === actorKey).length
    if (own < this.#limits.perActor && this.#streams.size < this.#limits.total) return
    const bound = own >= this.#limits.perActor ? `${this.#limits.perActor} of yours` : `${this.#limits.total} in all`
    throw new StellwerkError('RATE_LIMITED', `too many live streams are open, ${bound}; close a tab, or poll instead`)
  }

  #samplerOf(view: TopicView): TopicSampler {
    const known = this.#samplers.get(view.key)
    if (known !== undefined) return known
    const sampler = new TopicSampler({
      topic: view.topic,
      read: view.read,
      now: view.now,
      onStale: (code) => this.#log.warn('live view is stale', { topic: view.topic, code }),
      onGone: () => this.#samplers.delete(view.key),
      onIdle: () => {
        if (this.#samplers.get(view.key) === sampler) this.#samplers.delete(view.key)
      },
    })
    this.#samplers.set(view.key, sampler)
    return sampler
  }

  #beat(): void {
    for (const stream of [...this.#streams]) {
      if (++stream.beats > mostBeats) {
        stream.connection.close()
        continue
      }
      stream.connection.send(heartbeat)
      // A store that is away takes nobody's rights: the views say themselves that they are stale.
      void stream.isStillAllowed().then(
        (isAllowed) => isAllowed || stream.connection.close(),
        () => true,
      )
    }
  }

  #stopBeating(): void {
    clearInterval(this.#beating)
    this.#beating = undefined
  }
}
