import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A Redis of our own, alive until `stop`. */
export interface RedisServer {
  readonly url: string
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
}

/**
 * The guard of one server: it ends the server and removes the folder as soon as its standard input closes, so nothing stays behind even when
 * the bench is killed. Arguments: folder, then the server's own flags.
 */
const GUARD = `
  folder=$1; shift
  exec 3<&0
  redis-server "$@" --dir "$folder" > /dev/null 2>&1 < /dev/null 3<&- &
  pid=$!
  ( cat <&3; kill -TERM $pid ) > /dev/null 2>&1 &
  wait $pid
  rm -rf "$folder"
`

/** Whether this machine has `redis-server` on its path. */
export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0
}

/** Starts an empty Redis on a free port of 127.0.0.1 without snapshots; with `aof` it appends to a file and syncs it every second. */
export async function startRedisServer(aof: boolean): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-redis-'))
  const port = await freePort()
  const persistence = ['--save', '', '--appendonly', aof ? 'yes' : 'no', '--appendfsync', 'everysec']
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--maxmemory-policy', 'noeviction', ...persistence]
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', folder, ...flags], {
    detached: true, // out of reach of a Ctrl-C that is meant for the bench
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = once(guard, 'close')
  const stop = async (): Promise<void> => {
    guard.stdin?.end()
    await ended
  }
  const deadline = performance.now() + 10_000
  while (!(await answers(port))) {
    if (guard.exitCode !== null || performance.now() > deadline) {
      await stop()
      throw new Error(`redis-server did not start on port ${port}; try: redis-server ${flags.join(' ')}`)
    }
    await pause(10)
  }
  return { url: `redis://127.0.0.1:${port}`, stop }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** Whether a PING is answered: a server that still loads its file refuses it. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'))
    const settle = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(1_000, () => settle(false))
    socket.once('data', (reply) => settle(String(reply).startsWith('+PONG')))
    socket.once('error', () => settle(false))
  })
}
