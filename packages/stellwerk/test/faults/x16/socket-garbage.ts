import { connect } from 'node:net'

/** What came back for bytes that were sent. */
export interface SocketAnswer {
  /** Status of the first answer, null where the server closed without one. */
  readonly status: number | null
  /** The beginning of what was sent, and of what came back. */
  readonly exchange: string
}

const lines = {
  host: 'Host: 127.0.0.1\r\n',
  json: 'Content-Type: application/json\r\n',
}

/** Kinds of garbage, each made anew from random numbers in [0, 1). */
const kinds: readonly ((random: () => number) => Buffer)[] = [
  (random) => bytes(random, 1 + Math.floor(random() * 2_000)),
  (random) =>
    Buffer.concat([Buffer.from('GET /api/v1/jobs HTTP/1.1\r\n'), bytes(random, 200), Buffer.from('\r\n\r\n')]),
  () => Buffer.from('GET\r\n\r\n'),
  () => Buffer.from('GET /api/v1/types HTTP/9.9\r\n\r\n'),
  () => Buffer.from('FLY /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  () => Buffer.from('TRACE /api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  () => Buffer.from('CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  () => Buffer.from('GET /api/v1/jobs HTTP/1.1\r\n\r\n'),
  () => Buffer.from('GET /api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\n\r\n'),
  () => Buffer.from('GET http://evil.example/api/v1/jobs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  () => Buffer.from('GET /api/v1/%zz?%=%&&&=;= HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  () => Buffer.from('GET //../..//api/v1/jobs\\..\\x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  () => Buffer.from('OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
  (random) => Buffer.from(`GET /api/${'a'.repeat(Math.floor(random() * 40_000))} HTTP/1.1\r\n${lines.host}\r\n`),
  (random) =>
    Buffer.from(`GET /api/v1/types HTTP/1.1\r\n${lines.host}${'X: y\r\n'.repeat(Math.floor(random() * 5_000))}\r\n`),
  () => Buffer.from(`POST /api/v1/jobs HTTP/1.1\r\n${lines.host}${lines.json}Content-Length: -1\r\n\r\n{}`),
  () => Buffer.from(`POST /api/v1/jobs HTTP/1.1\r\n${lines.host}${lines.json}Content-Length: 9999999999\r\n\r\n{}`),
  () => Buffer.from(`POST /api/v1/jobs HTTP/1.1\r\n${lines.host}${lines.json}Content-Length: 50\r\n\r\n{"type":`),
  () =>
    Buffer.from(
      `POST /api/v1/jobs HTTP/1.1\r\n${lines.host}${lines.json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    ),
  () =>
    Buffer.from(
      `POST /api/v1/jobs HTTP/1.1\r\n${lines.host}${lines.json}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    ),
  () => Buffer.from(`${`GET /health/live HTTP/1.1\r\n${lines.host}\r\n`.repeat(50)}`),
  () => Buffer.from(`GET /health/live HTTP/1.1\r\n${lines.host}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`),
  () => Buffer.from(`GET /health/live HTTP/1.1\r\n${lines.host}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n`),
  () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  () => Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]),
]

/** Sends bytes of one kind, ends its half of the connection, and reads what comes until the server ends its own; it gives up on that after a while. */
export async function sendGarbage(port: number, random: () => number): Promise<SocketAnswer> {
  const kind = kinds[Math.floor(random() * kinds.length)]
  if (kind === undefined) throw new Error('there is no such kind of garbage')
  const isCut = random() < 0.2
  const sent = kind(random)
  const { promise, resolve } = Promise.withResolvers<SocketAnswer>()
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let said = ''
  const finish = (): void => {
    clearTimeout(patience)
    socket.destroy()
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(said)?.[1]
    const exchange = `${sent.toString('latin1', 0, 200)} -> ${said.slice(0, 600)}`
    resolve({ status: status === undefined ? null : Number(status), exchange })
  }
  const patience = setTimeout(finish, 1_000)
  socket.on('data', (chunk: Buffer) => {
    if (said.length < 1_000) said += chunk.toString('latin1')
  })
  socket.once('end', finish)
  socket.once('error', finish)
  socket.once('connect', () => {
    socket.write(sent)
    if (isCut) finish()
    else socket.end()
  })
  return await promise
}

function bytes(random: () => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))
}
