import { createServer, type Server, type Socket } from 'node:net'

/** A server that speaks just enough of PostgreSQL's protocol to say that it is of this version: for binaries that are not to be had. */
export async function startOldServer(versionNumber: number, versionText: string): Promise<Server> {
  const server = createServer((socket) => {
    let isStarted = false
    socket.on('error', () => {})
    socket.on('data', (request: Buffer) => {
      if (!isStarted) {
        isStarted = true
        socket.write(Buffer.concat([message('R', int32(0)), ready]))
      } else answer(socket, request, [String(versionNumber), versionText])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** To a query in the extended protocol: one row of the facts that are asked, `f` and 'x' for all but the version. */
function answer(socket: Socket, request: Buffer, [version, text]: readonly [string, string]): void {
  if (!request.includes('server_version_num')) return
  const values = [version, text, 'f', 'off', 'on', 'on', 'read committed', 'UTF8']
  const names = [
    'version',
    'version_text',
    'in_recovery',
    'read_only',
    'fsync',
    'synchronous_commit',
    'isolation',
    'encoding',
  ]
  const types = [23, 25, 16, 25, 25, 25, 25, 25]
  const columns = names.map((name, index) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(types[index] ?? 25),
      int16(-1),
      int32(-1),
      int16(0),
    ]),
  )
  const row = values.map((value) => Buffer.concat([int32(value.length), Buffer.from(value)]))
  socket.write(
    Buffer.concat([
      message('1', Buffer.alloc(0)),
      message('2', Buffer.alloc(0)),
      message('T', Buffer.concat([int16(columns.length), ...columns])),
      message('D', Buffer.concat([int16(row.length), ...row])),
      message('C', Buffer.from('SELECT 1\0')),
      ready,
    ]),
  )
}

/** One message of the server. Source: https://www.postgresql.org/docs/18/protocol-message-formats.html */
function message(type: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(content.length + 4), content])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

const ready = message('Z', Buffer.from('I'))
