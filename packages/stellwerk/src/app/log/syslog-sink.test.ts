import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { expect, test, vi } from 'vitest'
import type { LogEntry, LogSink } from './log-entry.ts'
import { createSyslogSink } from './syslog-sink.ts'

const entry = (message: string, fields: LogEntry['fields'] = {}): LogEntry => ({
  at: 1_000,
  level: 'warn',
  message,
  fields,
})
const head = `<28>1 1970-01-01T00:00:01.000Z ${hostname()} stellwerk ${process.pid} - - `

function open(address: string, notes: string[] = []): LogSink {
  return createSyslogSink({ address, facility: 'daemon', format: 'text', note: (line) => notes.push(line) })
}

test('a datagram is one message of RFC 5424, cut between characters where it is too long', async () => {
  const receiver = createSocket('udp4')
  receiver.bind(0, '127.0.0.1')
  await once(receiver, 'listening')
  const got: Buffer[] = []
  receiver.on('message', (message) => got.push(message))
  const sink = open(`udp://127.0.0.1:${receiver.address().port}`)
  sink.write(entry('the store\nneeds attention', { check: 'disk' }))
  await vi.waitFor(() => expect(got).toHaveLength(1), 20_000)
  sink.write(entry('ä'.repeat(9_000)))
  await sink.close()
  await vi.waitFor(() => expect(got).toHaveLength(2), 20_000)
  receiver.close()
  expect(got[0]?.toString()).toBe(`${head}the store\\nneeds attention check=disk`)
  expect(got[1]?.length).toBeLessThanOrEqual(8_000)
  expect(got[1]?.length).toBeGreaterThan(7_990)
  expect(got[1]?.toString()).toMatch(/^<28>1 .* - - ä+…$/)
})

test('a stream carries messages with their lengths; those of an outage come when the receiver is back', async () => {
  const { port, server: gone } = await listen(() => {})
  await closed(gone)
  const notes: string[] = []
  const sink = open(`tcp://127.0.0.1:${port}`, notes)
  sink.write(entry('first'))
  await vi.waitFor(() => expect(notes).toHaveLength(1), 20_000)
  sink.write(entry('ö'))
  const chunks: Buffer[] = []
  const { server } = await listen((socket) => socket.on('data', (chunk) => chunks.push(chunk)), port)
  await vi.waitFor(() => expect(messages(Buffer.concat(chunks))).toEqual([`${head}first`, `${head}ö`]), 20_000)
  sink.write(entry('last'))
  await sink.close()
  await vi.waitFor(() => expect(messages(Buffer.concat(chunks))).toHaveLength(3), 20_000)
  await closed(server)
  expect(notes[0]).toContain('ECONNREFUSED')
  expect(notes[1]).toContain('again; 0 were dropped')
})

test('a receiver that never answers holds no more than a megabyte and two seconds', async () => {
  const { port, server: gone } = await listen(() => {})
  await closed(gone)
  const notes: string[] = []
  const sink = open(`tcp://127.0.0.1:${port}`, notes)
  for (let line = 0; line < 400; line++) sink.write(entry('x'.repeat(7_000)))
  await vi.waitFor(() => expect(notes).toHaveLength(1), 20_000)
  await sink.close()
  expect(notes.at(-1)).toMatch(/1\d\d log lines did not reach/)
})

function listen(onSocket: (socket: Socket) => void, port = 0): Promise<{ port: number; server: Server }> {
  const server = createServer(onSocket)
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({ server, port: (server.address() as { port: number }).port }))
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** What RFC 6587, 3.4.1 makes of a stream. */
function messages(stream: Buffer): string[] {
  const found: string[] = []
  for (let at = 0; at < stream.length; ) {
    const space = stream.indexOf(' ', at)
    const end = space + 1 + Number(stream.subarray(at, space).toString())
    found.push(stream.subarray(space + 1, end).toString())
    at = end
  }
  return found
}
