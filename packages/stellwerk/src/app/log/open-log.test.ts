import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resolveConfiguration } from '../configuration/resolve-configuration.ts'
import { type OpenLog, openLog } from './open-log.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stellwerk-open-log-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Opened extends OpenLog {
  readonly stderr: string[]
}

async function opened(
  variables: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Opened> {
  const { values } = await resolveConfiguration({ cwd: folder, env: variables })
  const stderr: string[] = []
  const { log, close } = openLog(values, { env, stdout: () => {}, stderr: (line) => stderr.push(line) })
  return { log, close, stderr }
}

const frames = ({ stderr }: Opened): number => stderr.join('').split('\\n    at ').length - 1

test('exceptions are written in detail outside production, unless the configuration says no', async () => {
  const error = new Error('outer', { cause: new Error('inner') })
  const desk = await opened({})
  const quiet = await opened({ STELLWERK_LOG_DETAILED_EXCEPTIONS: 'false' })
  const production = await opened({ STELLWERK_LOG_DETAILED_EXCEPTIONS: 'true' }, { NODE_ENV: 'production' })
  for (const { log } of [desk, quiet, production]) log.error('failed', { error })
  expect(frames(desk)).toBeGreaterThan(6)
  expect([frames(quiet), frames(production)]).toEqual([3, 3])
  expect(production.stderr.join('')).toContain('caused by Error: inner')
})

test('while the file cannot be written its lines go to the standard error, and back when it can', async () => {
  const variables = { STELLWERK_LOG_CHANNEL: 'file', STELLWERK_LOG_FILE_PATH: 'logs/a.log' }
  const { log, close, stderr } = await opened(variables)
  log.error('one')
  rmSync(join(folder, 'logs'), { recursive: true })
  writeFileSync(join(folder, 'logs'), 'no folder')
  log.error('two')
  log.error('three')
  expect(stderr.map((text) => text.replace(/\S+ error \[\d+\] /, ''))).toEqual([
    expect.stringMatching(/^stellwerk: the log file cannot be written, its lines come here: E\w+: /),
    'two\n',
    'three\n',
  ])
  rmSync(join(folder, 'logs'))
  mkdirSync(join(folder, 'logs'))
  log.info('four')
  await close()
  expect(stderr).toHaveLength(3)
  expect(readFileSync(join(folder, 'logs/a.log'), 'utf8')).toMatch(/four\n$/)
})

test('what was written in the last turn is in the file, also when the process exits or fails at once', () => {
  const source = (name: string): string => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)))
  for (const end of ['process.exit(3)', "throw new Error('unexpected')"]) {
    const program = `
      const { createFileSink } = await import(${source('./file-sink.ts')})
      const { RotatingFile } = await import(${source('./rotating-file.ts')})
      const file = new RotatingFile({ path: 'end.log', maxBytes: 10_000, count: 2 })
      const sink = createFileSink({ file, format: 'text', fallback: () => {} })
      sink.write({ at: 0, level: 'info', message: ${JSON.stringify(end)}, fields: {} })
      ${end}`
    spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })
    expect(readFileSync(join(folder, 'end.log'), 'utf8')).toContain(end)
  }
})
