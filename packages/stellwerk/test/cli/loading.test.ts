import { afterEach, beforeEach, expect, test } from 'vitest'
import { CliProject } from './cli-project.ts'

let project: CliProject

beforeEach(() => {
  project = new CliProject()
})

afterEach(() => project.remove())

test.for([
  ['export default { const }', 'syntax error'],
  ['enum A { B }\nexport default {}', 'npm install --save-dev tsx'],
  ["import 'not-there-at-all'\nexport default {}", 'npm install not-there-at-all'],
  ["import './email'\nexport default {}", 'with its ending'],
  ["throw new Error('no way')", 'did not load: no way'],
  ['export default { concurency: 2 }', "unknown key 'concurency'; did you mean 'concurrency'?"],
] as const)('a configuration that does not load says why in one line: %s', async ([source, message]) => {
  const path = project.write('stellwerk.config.mts', source)
  const { exitCode, stderr } = await project.run(['config'])
  expect(stderr).toContain(message)
  expect(stderr).toContain(path)
  expect(stderr).toMatch(/^stellwerk: .+\n$/)
  expect(exitCode).toBe(6)
})

test.for([
  ['export const = 1', 'syntax error'],
  ["export const wrong = defineJob({ name: 'a', tires: 3 })", "unknown option 'tires'; did you mean 'tries'?"],
  ["export const a = defineJob({ name: 'a' })", 'has a handler'],
  [
    "export const a = defineJob({ name: 'a', handle() {} }); export const b = defineJob({ name: 'a', handle() {} })",
    "two job types are named 'a'",
  ],
  ['enum A { B }', 'use erasable syntax only'],
] as const)('a jobs module that does not load says why in one line: %s', async ([source, message]) => {
  project.writeJobs(source)
  const { exitCode, stderr } = await project.run(['work', '--once'])
  expect(stderr).toContain(message)
  expect(stderr).toMatch(/^stellwerk: .+\n$/)
  expect(exitCode).toBe(6)
})

test('a package that is CommonJS is told how to be read as a module', async () => {
  project.write('package.json', '{ "type": "commonjs" }')
  project.write('jobs.ts', "import 'node:fs'\nexport const a = 1")
  project.write('stellwerk.config.mts', "export default { jobs: './jobs.ts' }")
  const { exitCode, stderr } = await project.run(['work', '--once'])
  expect(stderr).toContain('"type": "module"')
  expect(stderr).toMatch(/^stellwerk: .+\n$/)
  expect(exitCode).toBe(6)
})

test('an unknown variable is refused by its name', async () => {
  const { exitCode, stderr } = await project.run(['jobs'], { env: { STELLWERK_CONCURENCY: '2' } })
  expect(stderr).toContain("unknown variable STELLWERK_CONCURENCY; did you mean 'STELLWERK_CONCURRENCY'?")
  expect(exitCode).toBe(6)
})

test('config shows each value with where it came from, and no password', async () => {
  const { stdout } = await project.run(['config', '--json', '--store', 'postgres://ada:geheim@db/app'], {
    env: { STELLWERK_GRACE: '3' },
  })
  expect(stdout).not.toContain('geheim')
  expect(JSON.parse(stdout)).toMatchObject({
    file: expect.stringContaining('stellwerk.config.mts'),
    settings: {
      store: { value: 'postgres://ada:***@db/app', origin: { kind: 'command line', name: '--store' } },
      grace: { value: 3000, origin: { kind: 'environment', name: 'STELLWERK_GRACE' } },
      jobs: { origin: { kind: 'file' } },
      lease: { value: 10_000, origin: { kind: 'default' } },
    },
  })
})
