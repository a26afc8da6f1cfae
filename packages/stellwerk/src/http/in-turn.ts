import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'

/** Requests that one connection may have sent ahead; nobody who means well sends so many. */
const mostAhead = 100

interface Line {
  ahead: number
  last: Promise<unknown>
}

const lines = new WeakMap<Socket, Line>()

/**
 * Answers requests of one HTTP/1 connection one after the other, each in a turn of the event loop of its own. A client gets them in order anyway, and one that sends
 * hundreds ahead would keep everybody else waiting if all were answered as they are read. One that sends more than 100 ahead is cut off.
 */
export function inTurn({ socket, httpVersionMajor }: IncomingMessage, answer: () => Promise<void>): Promise<void> {
  if (httpVersionMajor >= 2) return answer()
  const line = lines.get(socket) ?? { ahead: 0, last: Promise.resolve() }
  lines.set(socket, line)
  if (line.ahead > mostAhead) {
    socket.destroy()
    return Promise.resolve()
  }
  const answered = line.ahead === 0 ? answer() : line.last.then(() => whenIdle(socket, answer))
  line.ahead++
  line.last = answered
    .catch(() => {}) // The caller hears of it.
    .finally(() => {
      line.ahead--
    })
  return answered
}

async function whenIdle(socket: Socket, answer: () => Promise<void>): Promise<void> {
  await setImmediate()
  if (!socket.destroyed) await answer()
}
