import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** A PgBouncer of our own, alive until `stop`. */
export interface PgBouncer {
  /** The server's address, through here. */
  readonly url: string
  /** What it logged until now. */
  readonly log: () => string
  stop(): Promise<void>
}

/** Where Debian and others put it; root's PATH has sbin, others' often not. */
const names = ['pgbouncer', '/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer']

/** The command, null where it is not installed. */
export function findPgBouncer(): string | null {
  return names.find((name) => spawnSync(name, ['--version']).status === 0) ?? null
}

/** Starts PgBouncer in transaction mode, without prepared statements, in front of the server of `address`. As root it runs as `nobody`. */
export async function startPgBouncer(command: string, address: string): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-pgbouncer-'))
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, configuration(new URL(address), port, folder))
  const { username, password } = new URL(address)
  await writeFile(join(folder, 'users'), `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`)
  const isRoot = process.getuid?.() === 0
  if (isRoot) spawnSync('chown', ['-R', 'nobody', folder])
  // It ends when the pipe of the shell beside it closes, so that it never outlives the test run.
  const script = '"$@" & pid=$!; cat > /dev/null; kill -KILL $pid; wait $pid'
  const child = spawn('/bin/sh', ['-c', script, 'guard', command, ...(isRoot ? ['-u', 'nobody'] : []), file], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = new URL(address)
  url.host = `127.0.0.1:${port}`
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  if (await answers(url.href)) return { url: url.href, log: () => log, stop }
  await stop()
  throw new Error(`PgBouncer did not start: ${log}`)
}

function configuration({ hostname, port }: URL, listenPort: number, folder: string): string {
  return `
    [databases]
    * = host=${hostname} port=${port === '' ? 5432 : port}
    [pgbouncer]
    listen_addr = 127.0.0.1
    listen_port = ${listenPort}
    unix_socket_dir =
    auth_type = scram-sha-256
    auth_file = ${folder}/users
    pool_mode = transaction
    default_pool_size = 10
    max_client_conn = 500
    `
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function answers(url: string): Promise<boolean> {
  const deadline = performance.now() + 10_000
  while (performance.now() < deadline) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('SELECT 1')
      await client.end()
      return true
    } catch {
      await delay(50)
    }
  }
  return false
}
