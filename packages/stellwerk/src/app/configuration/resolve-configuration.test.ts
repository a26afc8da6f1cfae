import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveConfiguration } from './resolve-configuration.ts'
import { settingNames, variableOf } from './settings.ts'

let cwd: string

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'stellwerk-config-'))
  mkdirSync(join(cwd, 'deep/er'), { recursive: true })
})

afterEach(() => rmSync(cwd, { recursive: true, force: true }))

function writeConfig(source: string, name = 'stellwerk.config.mts'): string {
  writeFileSync(join(cwd, name), source)
  return join(cwd, name)
}

test('without a file every key has its default', async () => {
  const { file, values, origins } = await resolveConfiguration({ cwd, env: {} })
  expect(file).toBeNull()
  expect(values).toMatchObject({
    store: `sqlite:${join(cwd, 'stellwerk.db')}`,
    concurrency: 10,
    grace: 30_000,
    migrate: true,
    queues: ['*'],
    'log.level': 'info',
  })
  expect(settingNames.map((name) => origins[name].kind)).toEqual(settingNames.map(() => 'default'))
  expect((await resolveConfiguration({ cwd, env: { NODE_ENV: 'production' } })).values.migrate).toBe(false)
})

test('command line goes before environment, environment before file, file before default', async () => {
  const file = writeConfig("export default { concurrency: 2, grace: '2s', label: 'from file', log: { level: 'warn' } }")
  const { values, origins } = await resolveConfiguration({
    cwd: join(cwd, 'deep/er'),
    env: { STELLWERK_GRACE: '3', STELLWERK_LABEL: 'from variable' },
    flags: { label: { flag: '--label', text: 'from flag' } },
  })
  expect(values).toMatchObject({ concurrency: 2, grace: 3_000, label: 'from flag', lease: 10_000, 'log.level': 'warn' })
  expect(origins.concurrency).toEqual({ kind: 'file', name: file })
  expect(origins.grace).toEqual({ kind: 'environment', name: 'STELLWERK_GRACE' })
  expect(origins.label).toEqual({ kind: 'command line', name: '--label' })
  expect(origins.lease).toEqual({ kind: 'default', name: null })
})

test('paths are relative to the file, or to the working directory where a flag or variable gives them', async () => {
  writeConfig("export default { store: 'sqlite:data/a.db', jobs: ['./a.ts', './b.ts'] }")
  const below = join(cwd, 'deep')
  const fromFile = await resolveConfiguration({ cwd: below, env: {} })
  expect(fromFile.values).toMatchObject({
    store: `sqlite:${join(cwd, 'data/a.db')}`,
    jobs: [join(cwd, 'a.ts'), join(cwd, 'b.ts')],
    stateDir: join(cwd, '.stellwerk'),
  })
  const fromVariable = await resolveConfiguration({ cwd: below, env: { STELLWERK_STORE: 'x.db' } })
  expect(fromVariable.values.store).toBe(`sqlite:${join(below, 'x.db')}`)
})

test('a variable is read as text: lists, weights, sizes, seconds', async () => {
  const env = {
    STELLWERK_QUEUES: 'high=5, default=1',
    STELLWERK_MAX_PAYLOAD: '64kb',
    STELLWERK_DEFAULTS_BACKOFF: '30s,1m',
    STELLWERK_MIGRATE: 'false',
    STELLWERK_AGE_SHARE: '',
    STELLWERK_DEAD_LETTERS: '{"emails":"emails-dead","*":"dead"}',
  }
  const { values } = await resolveConfiguration({ cwd, env })
  expect(values).toMatchObject({
    queues: { high: 5, default: 1 },
    maxPayload: 65_536,
    'defaults.backoff': [30_000, 60_000],
    migrate: false,
    ageShare: 0.1,
    deadLetters: { emails: 'emails-dead', '*': 'dead' },
  })
})

test.each([
  ['export default { concurency: 2 }', "unknown key 'concurency'; did you mean 'concurrency'?"],
  ["export default { log: { levl: 'info' } }", "unknown key 'log.levl'; did you mean 'log.level'?"],
  [
    "export default { log: { level: 'wran' } }",
    "log.level: 'wran' is not one of debug, info, warn, error; did you mean 'warn'?",
  ],
  ['export default { concurrency: 0 }', 'concurrency: 0 is not an integer from 1 to 10000'],
  ['export default { queues: { high: 0 } }', 'queues: {"high":0} is not a choice of queues'],
  [
    "export default { deadLetters: { emails: 'emails' } }",
    'deadLetters: {"emails":"emails"} is not dead-letter queues by queue, each another than its own; give',
  ],
  ["export default { deadLetters: 'dead' }", "deadLetters: 'dead' is not dead-letter queues by queue"],
  ["export default { grace: 'soon' }", "grace: 'soon' is not a duration"],
  ["export default { lease: '1ms' }", "lease: '1ms' is not a duration from 1s to 1h"],
  ["export default { store: 'mysql://ada:geheim@db' }", "store: 'mysql://ada:***@db' is not an address of a store"],
  ['export default { log: 7 }', 'log is not an object of settings'],
  ['export const config = {}', 'its default export is not a configuration'],
])('a wrong file is refused by name: %s', async (source, message) => {
  const file = writeConfig(source)
  const resolving = resolveConfiguration({ cwd, env: {} })
  await expect(resolving).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  await expect(resolving).rejects.toThrow(message)
  await expect(resolving).rejects.toThrow(file)
})

test('a wrong variable or flag is refused by its own name', async () => {
  await expect(resolveConfiguration({ cwd, env: { STELLWERK_CONCURENCY: '2' } })).rejects.toThrow(
    "unknown variable STELLWERK_CONCURENCY; did you mean 'STELLWERK_CONCURRENCY'?",
  )
  await expect(resolveConfiguration({ cwd, env: { STELLWERK_LEASE: 'x' } })).rejects.toThrow(
    "STELLWERK_LEASE: 'x' is not a duration",
  )
  const flagged = resolveConfiguration({
    cwd,
    env: {},
    flags: { concurrency: { flag: '--concurrency', text: 'many' } },
  })
  await expect(flagged).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  await expect(flagged).rejects.toThrow("--concurrency: 'many' is not an integer from 1 to 10000")
})

test('what a cluster sets for a service of that name is no slip', async () => {
  const env = {
    STELLWERK_SERVICE_HOST: '10.0.0.1',
    STELLWERK_SERVICE_PORT_HTTP: '80',
    STELLWERK_PORT: 'tcp://10.0.0.1:80',
    STELLWERK_PORT_80_TCP_ADDR: '10.0.0.1',
  }
  await expect(resolveConfiguration({ cwd, env })).resolves.toMatchObject({ file: null })
})

test('every key has a variable of its own', () => {
  expect(variableOf('log.level')).toBe('STELLWERK_LOG_LEVEL')
  expect(variableOf('stateDir')).toBe('STELLWERK_STATE_DIR')
  expect(new Set(settingNames.map(variableOf)).size).toBe(settingNames.length)
})
