import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Stellwerk } from 'stellwerk'

/** The control room of the demo while it listens. */
export interface DemoRoom {
  /** Logs in once, within ten minutes. */
  readonly link: string
  close(): Promise<void>
}

/** Opens the control room on this machine alone: on `port`, or on any that is free where that one is taken. */
export async function openRoom(stellwerk: Stellwerk, port: number): Promise<DemoRoom> {
  // Whoever has the link may enter, nobody else.
  const room = stellwerk.controlRoom({ title: 'Demo', environment: 'development', authorize: () => null })
  const server = createServer(room.node)
  await listen(server, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    return listen(server, 0)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    link: `http://127.0.0.1:${taken}${await room.loginPath()}`,
    close: async () => {
      await room.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
