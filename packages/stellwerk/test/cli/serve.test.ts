import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { skipUnless } from '../setup/skip-unless.ts'
import { CliProject, type Started } from './cli-project.ts'
import { hasPseudoTerminal, PseudoTerminal } from './pseudo-terminal.ts'

let project: CliProject
const started: Started[] = []

beforeEach(() => {
  project = new CliProject()
})

afterEach(async () => {
  for (const { child, answer } of started.splice(0)) {
    child.kill('SIGTERM')
    await answer
  }
  project.remove()
})

/** Starts a command that goes on, and waits until what it printed matches. */
async function startUntil(args: readonly string[], pattern: RegExp): Promise<{ running: Started; found: string }> {
  const running = project.start(args)
  started.push(running)
  const match = await vi.waitFor(() => {
    const found = pattern.exec(running.stdout())
    if (found === null) throw new Error(`not yet: ${running.stdout()}${running.stderr()}`)
    return found[1] ?? ''
  }, 30_000)
  return { running, found: match }
}

const address = /(http:\/\/127\.0\.0\.1:\d+)\//

test('serve prints where it is; the first time it keeps a token that lets in where its owner alone can read; a signal ends it', async () => {
  const { running, found: file } = await startUntil(['serve', '--port', '0'], /only its owner can read: (.*);/)
  expect(running.stdout() + running.stderr(), 'a log would keep it').not.toContain('stw_')
  expect(file).toBe(join(realpathSync(project.directory), '.stellwerk', 'first-token'))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const token = readFileSync(file, 'utf8').trim()
  expect(token).toMatch(/^stw_[\w-]{43}$/)
  const [, url = ''] = address.exec(running.stdout()) ?? []
  const session = await fetch(`${url}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } })
  expect(await session.json()).toMatchObject({ actor: { name: 'first', role: 'admin' } })
  const stream = await fetch(`${url}/api/v1/stream?topics=overview`, { headers: { authorization: `Bearer ${token}` } })
  expect(stream.status).toBe(200)
  running.child.kill('SIGINT')
  expect(await running.answer).toMatchObject({ exitCode: 0 })
  await stream.text()

  const { running: again } = await startUntil(['serve', '--port', '0'], address)
  expect(again.stdout()).not.toContain('token')
})

test('with --json the file of the first token is named, not its text', async () => {
  const { running } = await startUntil(['serve', '--port', '0', '--json'], /(tokenFile)/)
  const told = JSON.parse(running.stdout()) as { readonly tokenFile: string; readonly token?: string }
  expect(told.token).toBeUndefined()
  expect(readFileSync(told.tokenFile, 'utf8')).toMatch(/^stw_/)
})

test('where no file can be written no token is made, and a line says how to make one', async () => {
  project.write('taken', 'a file in the place of a folder')
  const running = project.start(['serve', '--port', '0'], { env: { STELLWERK_STATE_DIR: 'taken/state' } })
  started.push(running)
  await vi.waitFor(() => expect(running.stderr()).toContain('stellwerk token create ada --role admin'), 30_000)
  expect(running.stderr()).toContain('no first token was made')
  expect(await project.json('token', 'list')).toEqual({ tokens: [] })
})

describe('on a terminal', () => {
  if (!skipUnless(hasPseudoTerminal, 'no python3 to open a pseudo-terminal')) return

  test('the first token is printed, once, and kept nowhere', async () => {
    const terminal = new PseudoTerminal(project, ['serve', '--port', '0'])
    await vi.waitFor(() => expect(terminal.printed).toMatch(/stw_[\w-]{43}/), 30_000)
    expect(terminal.printed).toContain('shown this once')
    expect(existsSync(join(project.directory, '.stellwerk', 'first-token'))).toBe(false)
    terminal.type('\u0003')
    expect(await terminal.ended).toMatchObject({ exitCode: 0 })
  })
})

test('a port in use is one line with the remedy', async () => {
  const holder = createServer()
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port))
  })
  try {
    expect(await project.run(['serve', '--port', String(port)])).toEqual({
      exitCode: 8,
      stdout: '',
      stderr: `stellwerk: port ${port} of 127.0.0.1 is in use by another process; end it, or give another with --port ${port + 1}\n`,
    })
  } finally {
    await new Promise((resolve) => holder.close(resolve))
  }
})

describe('what would open it to the network by accident is refused', () => {
  test.for([
    [['--host', '0.0.0.0'], 2, 'tokens would travel in the open'],
    [['--host', '0.0.0.0', '--behind-proxy', '--insecure-no-auth'], 2, 'everybody could do everything'],
    [['--host', 'no-such-host.invalid', '--behind-proxy'], 2, 'no address of this machine'],
    [['--port', '70000'], 2, "--port: '70000' is not a port"],
    [['--tls-cert', './cert.pem'], 2, 'the key is missing'],
    [['--tls-cert', './cert.pem', '--tls-key', './key.pem'], 6, 'cannot be read'],
    [['--public-url', 'jobs.example.com'], 2, 'is not an address of the web'],
    [['--hots', 'x'], 2, "did you mean '--host'?"],
  ] as const)('serve %s', async ([args, exitCode, words]) => {
    const answer = await project.run(['serve', ...args])
    expect(answer).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(words) })
    expect(answer.stderr.trim().split('\n')).toHaveLength(1)
  })
})

test('with --insecure-no-auth everybody on this machine may do everything, and it says so', async () => {
  const { running, found: url } = await startUntil(['serve', '--port', '0', '--insecure-no-auth'], address)
  expect(await (await fetch(`${url}/api/v1/session`)).json()).toMatchObject({ actor: { role: 'admin' } })
  await vi.waitFor(() => expect(running.stderr()).toContain('--insecure-no-auth'), 20_000)
  expect(running.stdout()).not.toContain('stw_')
})

test('a jobs module that does not load is told, and everything is shown all the same', async () => {
  project.writeJobs('export const = broken')
  const { running, found: url } = await startUntil(['serve', '--port', '0', '--insecure-no-auth'], address)
  expect((await fetch(`${url}/api/v1/overview`)).status).toBe(200)
  expect(running.stderr()).toContain('none can be dispatched here')
})

test('dev opens the room beside the station by a link that works once; it goes on while the station restarts', async () => {
  const { running, found: link } = await startUntil(['dev', '--port', '0'], /(http:\S+\/login\?code=\S+)/)
  await vi.waitFor(() => expect(running.stderr()).toContain('station works'), 30_000)
  const entered = await fetch(link, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  expect([entered.status, cookie]).toEqual([303, expect.stringMatching(/^stellwerk-/)])
  expect(running.stdout()).not.toContain('stw_')
  const url = new URL('/api/v1/stations', link)
  project.writeJobs("export const later = defineJob({ name: 'later', handle() {} })")
  await vi.waitFor(() => expect(running.stderr().match(/station works/g)).toHaveLength(2), 30_000)
  const stations = await fetch(url, { headers: { cookie } })
  expect(await stations.json()).toMatchObject({
    stations: expect.arrayContaining([expect.objectContaining({ types: ['later'] })]),
  })
  expect(running.stdout().match(/login\?code=/g)).toHaveLength(1)
  running.child.kill('SIGTERM')
  expect(await running.answer).toMatchObject({ exitCode: 0 })
})
