import { connect } from 'node:net'

/** Sends bytes as they are over a connection of their own; resolves to all that came back until it was closed, or `patienceMs` of silence. */
export function sendRaw(address: string, bytes: string | Uint8Array, patienceMs = 2_000): Promise<string> {
  const [host = '', port = ''] = address.split(':')
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(port), host, () => socket.write(bytes))
    const end = (): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(patienceMs, end)
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.once('end', end)
    socket.once('error', end)
  })
}

/** The status of a raw answer, null where none came. */
export function statusOf(answer: string): number | null {
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(answer) ?? []
  return status === undefined ? null : Number(status)
}
