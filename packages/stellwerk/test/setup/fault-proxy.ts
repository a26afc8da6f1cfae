import { connect, createServer, type Server, type Socket } from 'node:net'
import { type Lane, RelayLane } from './relay-lane.ts'

/** One connection through the proxy: towards the client, and towards the server. */
interface Relay {
  readonly near: Socket
  readonly far: Socket
  readonly lanes: readonly Lane[]
}

/** A relay in front of a server that does on demand what networks do: it resets, delays, narrows, swallows, and loses an answer that was sent. */
export class FaultProxy {
  readonly #server: Server
  readonly #relays = new Set<Relay>()
  #cutAt: string | undefined
  #lateAt: { readonly text: string; readonly ms: number } | undefined
  #refusal: { readonly text: string; readonly message: string } | undefined
  #latencyMs = 0
  #bytesPerSecond = Number.POSITIVE_INFINITY
  #isDown = false
  #isDark = false
  /** How many connections were broken. */
  cuts = 0
  /** How many requests reached the server only after their connection was gone. */
  lates = 0
  /** How many chunks a black hole has swallowed. */
  swallowed = 0

  private constructor(server: Server) {
    this.#server = server
  }

  /** Relays to the server of `address`. */
  static async start(address: string): Promise<FaultProxy> {
    const { hostname, port } = new URL(address)
    const server = createServer()
    const proxy = new FaultProxy(server)
    server.on('connection', (near) => {
      if (proxy.#isDown) near.resetAndDestroy()
      else proxy.#relay(near, connect(Number(port), hostname))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#relays.size
  }

  /** The same address, through here. */
  through(address: string): string {
    const bound = this.#server.address()
    const url = new URL(address)
    url.host = `127.0.0.1:${bound !== null && typeof bound === 'object' ? bound.port : 0}`
    return url.href
  }

  /** The next answer that contains `text` is lost together with its connection; the server has done what it answers. */
  cutAt(text: string): void {
    this.#cutAt = text
  }

  /** The next request that contains `text` loses its connection, and reaches the server `ms` later all the same. */
  lateAt(text: string, ms: number): void {
    this.#lateAt = { text, ms }
  }

  /** Every request that contains `text` is answered with this fatal error in place of the server, and its connection ends. */
  refuse(text: string, message: string): void {
    this.#refusal = { text, message }
  }

  /** The connections of now carry nothing any more and stay open, as when a network drops every packet; new ones are carried. */
  freeze(): void {
    for (const { near, far } of this.#relays)
      for (const socket of [near, far]) socket.removeAllListeners('data').pause()
  }

  /** Takes back an order of `cutAt` that found no answer. */
  relent(): void {
    this.#cutAt = undefined
  }

  /** Resets one connection, chosen by a number in [0, 1), or every one. */
  reset(chosen?: number): void {
    const relays = [...this.#relays]
    const victims = chosen === undefined ? relays : relays.slice(Math.floor(chosen * relays.length)).slice(0, 1)
    for (const relay of victims) this.#cut(relay)
  }

  /** From here on every chunk is held for this long in each direction, and not more than this many bytes pass in a second. */
  shape({ latencyMs = 0, bytesPerSecond = Number.POSITIVE_INFINITY }: ProxyShape): void {
    this.#latencyMs = latencyMs
    this.#bytesPerSecond = bytesPerSecond
  }

  /** Nobody gets through: connections are reset, new ones too. */
  goDown(): void {
    this.#isDown = true
    this.reset()
  }

  comeUp(): void {
    this.#isDown = false
  }

  /** Everything is swallowed, in both directions, and nobody is told. */
  goDark(): void {
    this.#isDark = true
  }

  /** What was swallowed stays lost, so what was connected meanwhile is reset, as a router does that has forgotten it. */
  comeToLight(): void {
    this.#isDark = false
    this.reset()
  }

  async close(): Promise<void> {
    for (const { near, far } of this.#relays) {
      near.destroy()
      far.destroy()
    }
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #relay(near: Socket, far: Socket): void {
    const shape = (): Required<ProxyShape> => ({ latencyMs: this.#latencyMs, bytesPerSecond: this.#bytesPerSecond })
    const lanes = [new RelayLane(far, shape), new RelayLane(near, shape)] as const
    const relay: Relay = { near, far, lanes }
    this.#relays.add(relay)
    for (const socket of [near, far]) socket.on('error', () => this.#end(relay)).on('close', () => this.#end(relay))
    near.on('data', (chunk) => this.#forward(relay, { chunk, lane: lanes[0], isAnswer: false }))
    far.on('data', (chunk) => this.#forward(relay, { chunk, lane: lanes[1], isAnswer: true }))
  }

  #forward(relay: Relay, { chunk, lane, isAnswer }: Passage): void {
    if (!this.#relays.has(relay)) return
    if (this.#isDark) this.swallowed += 1
    else if (isAnswer && this.#cutAt !== undefined && chunk.includes(this.#cutAt)) {
      this.#cutAt = undefined
      this.#cut(relay)
    } else if (!isAnswer && this.#lateAt !== undefined && chunk.includes(this.#lateAt.text))
      this.#sendLate(relay, chunk)
    else if (!isAnswer && this.#refusal !== undefined && chunk.includes(this.#refusal.text))
      this.#answerFatal(relay, this.#refusal.message)
    else lane.send(chunk)
  }

  #answerFatal(relay: Relay, message: string): void {
    this.cuts += 1
    this.#relays.delete(relay)
    for (const lane of relay.lanes) lane.stop()
    relay.near.end(fatalError(message))
    relay.far.destroy()
  }

  /** A connection that is gone for its client, while what it had sent is still on the way. */
  #sendLate(relay: Relay, chunk: Buffer): void {
    const ms = this.#lateAt?.ms ?? 0
    this.#lateAt = undefined
    this.#relays.delete(relay)
    relay.near.resetAndDestroy()
    setTimeout(() => {
      this.lates += 1
      relay.far.end(chunk)
    }, ms)
  }

  #cut(relay: Relay): void {
    if (!this.#relays.has(relay)) return
    this.cuts += 1
    relay.near.resetAndDestroy()
    this.#end(relay)
  }

  #end(relay: Relay): void {
    if (!this.#relays.delete(relay)) return
    for (const lane of relay.lanes) lane.stop()
    relay.near.destroy()
    relay.far.destroy()
  }
}

/** What a network does to all that passes. */
export interface ProxyShape {
  readonly latencyMs?: number
  readonly bytesPerSecond?: number
}

interface Passage {
  readonly chunk: Buffer
  readonly lane: Lane
  readonly isAnswer: boolean
}

/** An ErrorResponse. Source: https://www.postgresql.org/docs/18/protocol-message-formats.html */
function fatalError(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`)
  const header = Buffer.alloc(5)
  header.write('E')
  header.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([header, fields])
}
