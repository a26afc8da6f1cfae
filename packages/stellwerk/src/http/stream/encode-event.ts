import type { StreamEvents } from '../schemas/stream.ts'

const encoder = new TextEncoder()

/** A comment that keeps proxies and browsers from taking a quiet stream for a dead one. */
export const heartbeat: Uint8Array = encoder.encode(':\n\n')

/** The first bytes of a stream: how long a browser's own reader waits before it comes back. */
export const greeting: Uint8Array = encoder.encode('retry: 2000\n\n')

/** One server-sent event as bytes. JSON holds no raw line break, so that no text can end it early. */
export function encodeEvent<Name extends keyof StreamEvents>(name: Name, event: StreamEvents[Name]): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${JSON.stringify(event)}\n\n`)
}
