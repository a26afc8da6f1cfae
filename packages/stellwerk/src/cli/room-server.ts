import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { ControlRoom } from '../client/control-room-options.ts'
import { StellwerkError } from '../domain/errors.ts'
import type { RoomAddress } from './room-address.ts'

/** A control room that listens. */
export interface RoomServer {
  /** Such as `http://127.0.0.1:7575`, without a slash at its end. */
  readonly url: string
  /** Takes nothing new, ends live streams, and waits for answers under way, 5 s at most. Safe to repeat. */
  close(): Promise<void>
}

/** Bounds of what a client may take: fields of 16 KiB, ten seconds for them and for the whole request. */
const bounds: ServerOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
}
const mostConnections = 2_000
const patienceMs = 5_000

/** Lets a control room listen. @throws PORT_IN_USE, OPTION_INVALID for an address that is none of this machine, CONFIG_INVALID for a certificate that is none */
export async function listenRoom(room: ControlRoom, address: RoomAddress): Promise<RoomServer> {
  const server = createRoomServer(room, address)
  server.maxConnections = mostConnections
  await listen(server, address)
  const { port } = server.address() as AddressInfo
  let closing: Promise<void> | undefined
  return {
    url: `${address.tls === null ? 'http' : 'https'}://${hostInUrl(address.host)}:${port}`,
    close: () => {
      closing ??= closeServer(server, room)
      return closing
    },
  }
}

function createRoomServer(room: ControlRoom, { tls }: RoomAddress): Server {
  if (tls === null) return createServer(bounds, room.node)
  try {
    return createTlsServer({ ...bounds, ...tls }, room.node)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StellwerkError('CONFIG_INVALID', `http.tls: certificate and key are not accepted: ${reason}`, { cause })
  }
}

function listen(server: Server, { host, port }: RoomAddress): Promise<void> {
  const name = host.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, { host, port })))
    server.listen({ host: name, port }, resolve)
  })
}

function listenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): Error {
  if (error.code === 'EADDRINUSE')
    return new StellwerkError(
      'PORT_IN_USE',
      `port ${port} of ${host} is in use by another process; end it, or give another with --port ${port < 65_535 ? port + 1 : 7_575}`,
    )
  if (error.code === 'EACCES')
    return new StellwerkError(
      'OPTION_INVALID',
      `port ${port} is not for every user; give one above 1023, such as --port 7575`,
    )
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return new StellwerkError(
      'OPTION_INVALID',
      `'${host}' is no address of this machine; give --host 127.0.0.1, or leave it out`,
    )
  return error
}

async function closeServer(server: Server, room: ControlRoom): Promise<void> {
  const ended = room.close()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const force = setTimeout(() => server.closeAllConnections(), patienceMs)
  await Promise.all([closed, ended])
  clearTimeout(force)
}

/** An address that every interface has is shown as this machine's own. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '[::]') return 'localhost'
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}
