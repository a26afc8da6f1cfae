import type { IncomingMessage } from 'node:http'
import type { ControlRoomOptions } from '../client/control-room-options.ts'
import { clientAddress, lastEntry } from './security/client-address.ts'

/** How a request reached the process. */
export interface Arrival {
  readonly socketAddress: string | null
  readonly isEncrypted: boolean
  /** Prefix that the framework has taken off already, '' where none. */
  readonly mountedAt: string
  /** Node's own request where there is one, for the application's hook. */
  readonly incoming: IncomingMessage | null
}

/** A request with everything that is read off it once: whom it is for, where it comes from, and as what the browser knows us. */
export interface Visit {
  readonly request: Request
  readonly requestId: string
  /** In capitals; HEAD is a GET whose body is dropped at the end. */
  readonly method: string
  /** Below the mount, with a slash at its start, not decoded; null where the request is not below it. */
  readonly path: string | null
  /** Before the path in the browser's address, '' at the root. */
  readonly prefix: string
  readonly host: string | null
  /** Whether the browser speaks TLS with whoever it speaks to. */
  readonly isSecure: boolean
  /** Scheme and host as the browser knows them. */
  readonly origin: string
  readonly ip: string | null
  readonly incoming: IncomingMessage | null
}

/** Reads a request. What proxies say counts only where the options trust one. */
export function readVisit(request: Request, arrival: Arrival, options: ControlRoomOptions): Visit {
  const { headers } = request
  const behindProxy = options.behindProxy === true
  const url = new URL(request.url)
  const forwarded = (name: string): string | null =>
    behindProxy ? lastEntry(headers.get(`x-forwarded-${name}`)) : null
  const host = forwarded('host') ?? headers.get('host') ?? url.host
  const isSecure = isSecureVisit({ forwardedProto: forwarded('proto'), arrival, url, publicUrl: options.publicUrl })
  const mount = arrival.mountedAt || plainPrefix(options.basePath)
  return {
    request,
    requestId: crypto.randomUUID(),
    method: request.method.toUpperCase(),
    path: pathBelow(arrival.mountedAt === '' ? mount : '', url.pathname),
    prefix: forwardedPrefix(forwarded('prefix')) + mount,
    host,
    isSecure,
    origin: `${isSecure ? 'https' : 'http'}://${host.toLowerCase()}`,
    ip: clientAddress({ socketAddress: arrival.socketAddress, headers, behindProxy }),
    incoming: arrival.incoming,
  }
}

interface Transport {
  readonly forwardedProto: string | null
  readonly arrival: Arrival
  readonly url: URL
  readonly publicUrl: string | undefined
}

function isSecureVisit({ forwardedProto, arrival, url, publicUrl }: Transport): boolean {
  if (forwardedProto !== null) return forwardedProto.toLowerCase() === 'https'
  return arrival.isEncrypted || url.protocol === 'https:' || publicUrl?.startsWith('https:') === true
}

/** '/a/b' for '/a/b/', '' for '/' and nothing. */
function plainPrefix(prefix = ''): string {
  return prefix.replace(/\/+$/, '')
}

/** A prefix is written into pages: what is no plain path is none. */
function forwardedPrefix(prefix: string | null): string {
  const plain = plainPrefix(prefix ?? '')
  return /^(?:\/[\w.~-]+)*$/.test(plain) ? plain : ''
}

function pathBelow(mount: string, path: string): string | null {
  if (path === mount) return '/'
  return path.startsWith(`${mount}/`) ? path.slice(mount.length) : null
}
