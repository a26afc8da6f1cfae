import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Ended, spawnEnded } from './spawn-ended.ts'

const deploy = fileURLToPath(new URL('../../../../deploy/', import.meta.url))
// Both need the tools of a Linux server: flock, runuser and GNU mv.
const onServer = process.platform === 'linux'
let folder: string
let health: Server
let port: number

beforeAll(async () => {
  health = createServer((_, response) => response.end('{}'))
  await new Promise<void>((resolve) => health.listen(0, '127.0.0.1', resolve))
  port = (health.address() as { port: number }).port
})

afterAll(async () => {
  health.closeAllConnections()
  await new Promise((resolve) => health.close(resolve))
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stellwerk-deploy-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function script(path: string, body: string): string {
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

const report = (stations: string): string =>
  `{"ok":true,"checks":[{"name":"live stations","ok":true,"found":"${stations}","remedy":null}]}`

test.runIf(onServer)('station-alive finds a station by its whole label, or by its host', () => {
  const isAlive = (found: string, env: Readonly<Record<string, string>>): boolean => {
    const doctor = script(join(folder, 'doctor'), `echo '${found}'; exit 7`)
    return (
      spawnSync(join(deploy, 'bin/station-alive'), [doctor], { env: { PATH: process.env['PATH'] ?? '', ...env } })
        .status === 0
    )
  }
  const label = { STELLWERK_LABEL: 'pod-1' }
  expect(isAlive(report('pod-1'), label)).toBe(true)
  expect(isAlive(report('web-3, pod-1, pod-2'), label)).toBe(true)
  expect(isAlive(report('pod-10, xpod-1'), label)).toBe(false)
  expect(isAlive(report('none'), label)).toBe(false)
  expect(isAlive(report(`${hostname()}:4711`), {})).toBe(true)
  expect(isAlive(report('elsewhere:4711'), {})).toBe(false)
  const away = '{"ok":false,"checks":[{"name":"store","ok":false,"found":"cannot be reached"}]}'
  expect(isAlive(away, label)).toBe(true)
  expect(isAlive(away, { ...label, STRICT: '1' })).toBe(false)
})

/** A machine whose stellwerk is a stand-in: its station is alive unless the release holds a file named `broken`. */
function machine(): (...args: string[]) => Promise<Ended> {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const name of ['deploy.sh', 'bin/station-alive'])
    copyFileSync(join(deploy, name), join(bin, name.split('/').at(-1) ?? ''))
  script(join(bin, 'with-node'), 'exec "$@"')
  script(
    join(bin, 'stellwerk'),
    `cd "\${RELEASE:-${folder}/current}" || exit 1
     echo "$*" >> ${folder}/called
     case $1 in
       doctor) if [ -e broken ]; then echo '${report('none')}'; else echo '${report(`${hostname()}:1`)}'; fi ;;
       token) if [ "$2" = create ]; then echo stw_x; else echo '[]'; fi ;;
     esac`,
  )
  const env = {
    PATH: process.env['PATH'] ?? '',
    DEPLOY_PREFIX: folder,
    DEPLOY_USER: userInfo().username,
    DEPLOY_RESTART: 'true',
    DEPLOY_HEALTH_URL: `http://127.0.0.1:${port}/health/ready`,
    DEPLOY_HEALTH_SECONDS: '2',
    DEPLOY_KEEP: '2',
  }
  return (...args) => spawnEnded(join(bin, 'deploy.sh'), args, env)
}

function archive(name: string, ...extra: string[]): string {
  const source = mkdtempSync(join(folder, 'source-'))
  writeFileSync(join(source, 'package.json'), `{"name":"${name}","version":"1.0.0"}`)
  writeFileSync(
    join(source, 'package-lock.json'),
    `{"name":"${name}","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"${name}","version":"1.0.0"}}}`,
  )
  for (const file of extra) writeFileSync(join(source, file), '')
  spawnSync('tar', ['-czf', join(folder, `${name}.tgz`), '-C', source, '.'])
  return join(folder, `${name}.tgz`)
}

test.runIf(onServer)(
  'deploy.sh switches to a release that works, takes one back that does not, and rolls back',
  async () => {
    const run = machine()
    const current = (): string => readlinkSync(join(folder, 'current'))
    expect(await run('release', archive('a'), 'a')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('deploy: a works') as string,
    })
    expect(existsSync(join(folder, 'first-token'))).toBe(true)
    expect(await run('release', archive('b'), 'b')).toMatchObject({ exitCode: 0 })
    expect(current()).toBe('releases/b')

    const taken = await run('release', archive('c', 'broken'), 'c')
    expect(taken).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('c was taken back; b works again') as string,
    })
    expect(current()).toBe('releases/b')
    expect(existsSync(join(folder, 'releases/c.failed/broken'))).toBe(true)

    expect(await run('rollback')).toMatchObject({ exitCode: 0 })
    expect(current()).toBe('releases/a')
    expect(await run('rollback', 'nowhere')).toMatchObject({ exitCode: 1 })
    expect((await run('list')).stdout).toBe('* a\n  b\n  c.failed\n')

    expect(await run('release', archive('d'), 'd')).toMatchObject({ exitCode: 0 })
    expect((await run('list')).stdout).toBe('  c.failed\n* d\n')
  },
  60_000,
)

test.runIf(onServer)(
  'deploy.sh changes nothing for an archive that is none, a name that is none, and a first release that does not work',
  async () => {
    const run = machine()
    expect(await run('release', join(folder, 'none.tgz'))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is not there') as string,
    })
    expect(await run('release', archive('a'), '../a')).toMatchObject({ exitCode: 1 })
    const bare = join(folder, 'bare.tgz')
    spawnSync('tar', ['-czf', bare, '-C', deploy, 'README.md'])
    expect(await run('release', bare, 'bare')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('has no package.json') as string,
    })
    expect(existsSync(join(folder, 'releases/bare'))).toBe(false)
    expect(await run('release', archive('x', 'broken'), 'x')).toMatchObject({ exitCode: 1 })
    expect(existsSync(join(folder, 'current'))).toBe(false)
    expect(await run('frobnicate')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('deploy.sh release ARCHIVE') as string,
    })
  },
  60_000,
)
