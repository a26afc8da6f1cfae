import { once } from 'node:events'
import { createServer, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createNodeListener } from '../../src/http/node-listener.ts'
import { deferred } from '../../src/std/deferred.ts'
import { listen } from './open-room.ts'

/** Asks once on a raw connection; `packets` fills with what came, as it came. */
async function ask(answer: () => Response) {
  const address = await listen(createServer(createNodeListener(async () => answer())))
  const [host = '', port = ''] = address.split(':')
  const socket = connect(Number(port), host)
  onTestFinished(() => void socket.destroy())
  const packets: string[] = []
  socket.on('data', (chunk: Buffer) => void packets.push(chunk.toString()))
  await once(socket, 'connect')
  socket.write(`GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n`)
  return { socket, packets }
}

test('the headers of an answer that is there are not written by themselves', async () => {
  const ahead = vi.spyOn(ServerResponse.prototype, 'flushHeaders')
  onTestFinished(() => void ahead.mockRestore())
  const { socket, packets } = await ask(() => Response.json({ answer: 42 }))
  while (!packets.join('').endsWith('0\r\n\r\n')) await once(socket, 'data')
  expect(packets.join('')).toContain('{"answer":42}')
  expect(ahead).not.toHaveBeenCalled()
})

test('headers do not wait for a body that is still to come', async () => {
  const part = deferred<Uint8Array>()
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      controller.enqueue(await part.promise)
      controller.close()
    },
  })
  const { socket, packets } = await ask(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
  await once(socket, 'data')
  expect(packets.join('')).toMatch(/^HTTP\/1.1 200 OK\r\ncontent-type: text\/event-stream\r\n/)
  expect(packets.join('')).not.toContain('late')
  part.resolve(Buffer.from('late'))
  while (!packets.join('').includes('late')) await once(socket, 'data')
})
