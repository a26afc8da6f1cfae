import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createNodeListener } from '../../src/http/node-listener.ts'
import { deferred } from '../../src/std/deferred.ts'
import { listen } from './open-room.ts'

interface Ahead {
  readonly socket: Socket
  readonly text: () => string
}

/** Sends `count` requests on one connection, none of which waits for the answer of the one before. */
async function sendAhead(address: string, count: number): Promise<Ahead> {
  const [host = '', port = ''] = address.split(':')
  const socket = connect(Number(port), host)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  socket.on('error', () => {})
  const requests = Array.from({ length: count }, (_, at) => `GET /${at} HTTP/1.1\r\nHost: ${address}\r\n\r\n`)
  socket.write(requests.join(''))
  return { socket, text: () => text }
}

const pathOf = (request: Request): string => new URL(request.url).pathname

test('requests sent ahead on one connection are answered one after the other, in their order', async () => {
  let running = 0
  let most = 0
  const server = createServer(
    createNodeListener(async (request) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running--
      return new Response(`answer ${pathOf(request)};`)
    }),
  )
  const { socket, text } = await sendAhead(await listen(server), 30)
  while (!text().includes('answer /29;')) await once(socket, 'data')
  const answers = [...text().matchAll(/answer \/(\d+);/g)].map(([, at]) => Number(at))
  expect(answers).toEqual(Array.from({ length: 30 }, (_, at) => at))
  expect(most).toBe(1)
})

test('who sends ahead keeps nobody else waiting', async () => {
  const gate = deferred()
  const begun = deferred()
  const server = createServer(
    createNodeListener(async (request) => {
      if (pathOf(request) === '/other') return new Response('other')
      begun.resolve()
      await gate.promise
      return new Response('ahead')
    }),
  )
  const address = await listen(server)
  const { socket, text } = await sendAhead(address, 50)
  await begun.promise
  expect(await (await fetch(`http://${address}/other`)).text()).toBe('other')
  expect(text()).toBe('')
  gate.resolve()
  while (text().split('ahead').length < 51) await once(socket, 'data')
})

test('a connection that sends more ahead than anybody needs is cut off, and nothing more of it is answered', async () => {
  const gate = deferred()
  let asked = 0
  const server = createServer(
    createNodeListener(async () => {
      asked++
      await gate.promise
      return new Response('ahead')
    }),
  )
  const { socket } = await sendAhead(await listen(server), 500)
  await once(socket, 'close')
  gate.resolve()
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(1)
})
