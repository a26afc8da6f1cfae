import { connect, createServer, type Server, type Socket } from 'node:net'

/** A relay in front of a server that loses an answer on demand, as a network does: for tests of unclear commits. */
export class CuttingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #cutAt: string | undefined
  #cutAfter: string | undefined
  #refusal: { readonly text: string; readonly message: string } | undefined
  /** How many answers were lost. */
  cuts = 0

  private constructor(server: Server) {
    this.#server = server
  }

  /** Relays to the server of `address`. */
  static async start(address: string): Promise<CuttingProxy> {
    const { hostname, port } = new URL(address)
    const server = createServer()
    const proxy = new CuttingProxy(server)
    server.on('connection', (near) => proxy.#relay(near, connect(Number(port), hostname)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
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

  /** The next request that contains `text` reaches the server, and its connection is lost at once; nobody knows whether the server still did it. */
  cutAfterSending(text: string): void {
    this.#cutAfter = text
  }

  /** Every request that contains `text` is answered with this fatal error in place of the server. */
  refuse(text: string, message: string): void {
    this.#refusal = { text, message }
  }

  /** The connections of now carry nothing any more and stay open, as when a network drops every packet; new ones are carried. */
  freeze(): void {
    for (const socket of this.#sockets) socket.removeAllListeners('data').pause()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #relay(near: Socket, far: Socket): void {
    const end = (): void => {
      near.destroy()
      far.destroy()
      this.#sockets.delete(near)
      this.#sockets.delete(far)
    }
    for (const socket of [near, far]) {
      this.#sockets.add(socket)
      socket.on('error', end).on('close', end)
    }
    near.on('data', (chunk: Buffer) => {
      if (this.#refusal !== undefined && chunk.includes(this.#refusal.text)) {
        this.cuts += 1
        near.end(fatalError(this.#refusal.message))
        far.destroy()
      } else if (this.#cutAfter === undefined || !chunk.includes(this.#cutAfter)) far.write(chunk)
      else {
        this.#cutAfter = undefined
        this.cuts += 1
        far.write(chunk, end)
      }
    })
    far.on('data', (chunk: Buffer) => {
      if (this.#cutAt !== undefined && chunk.includes(this.#cutAt)) {
        this.#cutAt = undefined
        this.cuts += 1
        end()
      } else near.write(chunk)
    })
  }
}

/** An ErrorResponse. Source: https://www.postgresql.org/docs/18/protocol-message-formats.html */
function fatalError(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`)
  const header = Buffer.alloc(5)
  header.write('E')
  header.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([header, fields])
}
