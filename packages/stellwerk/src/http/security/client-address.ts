/** Where a request came in: the address of the connection and what proxies wrote about it. */
export interface Arrival {
  /** Remote address of the connection, null where the platform does not tell. */
  readonly socketAddress: string | null
  readonly headers: Headers
  /** Whether a proxy of ours stands before: only then its headers are believed. */
  readonly behindProxy: boolean
}

/** The address of the client, without port; null where nobody tells. Behind a proxy it is what that proxy added: the last entry, never one the client sent. */
export function clientAddress({ socketAddress, headers, behindProxy }: Arrival): string | null {
  const forwarded = behindProxy ? lastEntry(headers.get('x-forwarded-for')) : null
  const address = forwarded ?? socketAddress
  return address === null ? null : plainAddress(address)
}

/** The key under which attempts of an address are counted: IPv6 by its /64, which one client has whole. */
export function addressKey(address: string | null): string {
  if (address === null) return 'unknown'
  return address.includes(':') ? expand(address).slice(0, 4).join(':') : address
}

/** The last entry of a list header, null where there is none. */
export function lastEntry(list: string | null): string | null {
  const last = list?.split(',').at(-1)?.trim()
  return last === undefined || last === '' || last.length > 100 ? null : last
}

/** '[::1]:80' and '1.2.3.4:80' lose their port, '::ffff:1.2.3.4' becomes IPv4, a zone goes. */
function plainAddress(address: string): string {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  return bare.replace(/^::ffff:(?=\d+(?:\.\d+){3}$)/i, '').replace(/%.*$/, '')
}

function expand(address: string): readonly string[] {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = Math.max(0, 8 - before.length - after.length)
  return tail === undefined ? before : [...before, ...Array.from({ length: missing }, () => '0'), ...after]
}
