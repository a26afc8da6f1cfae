import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listenRoom } from '../../src/cli/room-server.ts'
import { openTestStellwerk } from './open-room.ts'

/** A room as `serve` lets it listen. */
async function openListening() {
  const stellwerk = await openTestStellwerk()
  const room = stellwerk.controlRoom({ authorize: () => 'admin' })
  const server = await listenRoom(room, { host: '127.0.0.1', port: 0, tls: null })
  onTestFinished(() => server.close())
  return { ...server, port: Number(new URL(server.url).port) }
}

test('two hundred clients that send drop by drop are cut, and the others are answered meanwhile', {
  timeout: 60_000,
}, async () => {
  const { url, port } = await openListening()
  const sockets = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'))
  const cut = Promise.all(
    sockets.map((socket) => {
      socket.on('error', () => {})
      socket.resume()
      return new Promise<void>((resolve) => socket.once('close', () => resolve()))
    }),
  )
  for (const socket of sockets) socket.write('GET /api/v1/overview HTTP/1.1\r\nHost: localhost\r\n')
  const dripping = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('X: y\r\n')
  }, 500)
  const times: number[] = []
  let isOver = false
  const end = cut.finally(() => {
    isOver = true
    clearInterval(dripping)
  })
  while (!isOver) {
    const startedMs = performance.now()
    expect((await fetch(`${url}/api/v1/session`)).status).toBe(200)
    times.push(performance.now() - startedMs)
    // Often enough that one moment without a processor is no hundredth of all.
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await end
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
  expect(times.length).toBeGreaterThan(20)
  expect(p99).toBeLessThan(1_000)
})

test('fields of more than 16 KiB are refused, and the connection with them', async () => {
  const { url } = await openListening()
  const answer = await fetch(`${url}/api/v1/session`, { headers: { 'x-large': 'y'.repeat(20_000) } })
  expect(answer.status).toBe(431)
})

test('closing ends streams and answers what is under way', async () => {
  const { url, close } = await openListening()
  const stream = await fetch(`${url}/api/v1/stream?topics=overview`)
  const drained = stream.text()
  await close()
  await close()
  expect(await drained).toContain('retry: 2000')
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})
