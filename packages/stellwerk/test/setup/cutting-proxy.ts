import { connect, createServer, type Server, type Socket } from 'node:net'

/** A relay in front of a server that loses an answer on demand, as a network does: for tests of unclear commits. */
export class CuttingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #cutAt: string | undefined
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
    near.on('data', (chunk) => far.write(chunk))
    far.on('data', (chunk: Buffer) => {
      if (this.#cutAt !== undefined && chunk.includes(this.#cutAt)) {
        this.#cutAt = undefined
        this.cuts += 1
        end()
      } else near.write(chunk)
    })
  }
}
