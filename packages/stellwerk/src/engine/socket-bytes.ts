import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const live = new Set<Socket>()
let closedIn = 0
let closedOut = 0
let isWatching = false

/** Begins to count the bytes of every socket that this process opens from now on. Safe to repeat. */
export function watchSockets(): void {
  if (isWatching) return
  isWatching = true
  for (const channel of ['net.client.socket', 'net.server.socket'])
    subscribe(channel, (message) => {
      const { socket } = message as { socket?: Socket }
      if (socket === undefined || live.has(socket)) return
      live.add(socket)
      socket.once('close', () => {
        live.delete(socket)
        closedIn += socket.bytesRead
        closedOut += socket.bytesWritten
      })
    })
}

/** Bytes through sockets since {@link watchSockets}. */
export function socketBytes(): { readonly bytesIn: number; readonly bytesOut: number } {
  let bytesIn = closedIn
  let bytesOut = closedOut
  for (const socket of live) {
    bytesIn += socket.bytesRead
    bytesOut += socket.bytesWritten
  }
  return { bytesIn, bytesOut }
}
