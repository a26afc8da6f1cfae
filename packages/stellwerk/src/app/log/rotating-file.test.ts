import { spawn } from 'node:child_process'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RotatingFile } from './rotating-file.ts'

let directory: string
let path: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stellwerk-log-'))
  path = join(directory, 'deep', 'station.log')
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(directory, { recursive: true, force: true })
})

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1)
const files = (): string[] => readdirSync(join(directory, 'deep')).sort()

test('a full file is put aside, and no more files are kept than were asked for', () => {
  const file = new RotatingFile({ path, maxBytes: 40, count: 3 })
  for (let line = 1; line <= 20; line++) file.append(`line ${String(line).padStart(3, '0')}\n`)
  file.close()
  expect(files()).toEqual(['station.log', 'station.log.1', 'station.log.2'])
  const kept = ['station.log.2', 'station.log.1', 'station.log'].flatMap((name) =>
    linesOf(join(directory, 'deep', name)),
  )
  expect(kept).toEqual(Array.from({ length: 12 }, (_, at) => `line ${String(at + 9).padStart(3, '0')}`))
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

test('with one file the full one goes', () => {
  const file = new RotatingFile({ path, maxBytes: 20, count: 1 })
  for (let line = 1; line <= 5; line++) file.append(`line ${line}...\n`)
  file.close()
  expect(files()).toEqual(['station.log'])
  expect(linesOf(path)).toEqual(['line 5...'])
})

test('a file that somebody else has renamed or removed is followed', () => {
  const file = new RotatingFile({ path, maxBytes: 1_000, count: 2 })
  file.append('one\n')
  renameSync(path, `${path}.old`)
  file.append('two\n')
  unlinkSync(path)
  file.append('three\n')
  file.close()
  expect(linesOf(`${path}.old`)).toEqual(['one'])
  expect(linesOf(path)).toEqual(['three'])
})

test('a lock that a killed process has left is waited for, then removed', () => {
  const file = new RotatingFile({ path, maxBytes: 10, count: 2 })
  file.append('123456789\n')
  writeFileSync(`${path}.lock`, '')
  const now = vi.spyOn(performance, 'now')
  now.mockReturnValue(1_000)
  file.append('a\n')
  now.mockReturnValue(5_500)
  file.append('b\n')
  expect(files()).toEqual(['station.log', 'station.log.lock'])
  now.mockReturnValue(6_500)
  file.append('c\n')
  file.append('d\n')
  file.close()
  expect(files()).toEqual(['station.log', 'station.log.1'])
  expect(linesOf(`${path}.1`)).toEqual(['123456789', 'a', 'b', 'c'])
  expect(linesOf(path)).toEqual(['d'])
})

test('several processes write one file: every line is there once and whole, and no file outgrows its size by more than what was under way', async () => {
  const module = fileURLToPath(new URL('./rotating-file.ts', import.meta.url))
  const program = `
    const { RotatingFile } = await import(${JSON.stringify(module)})
    const file = new RotatingFile({ path: ${JSON.stringify(path)}, maxBytes: 20_000, count: 900 })
    for (let line = 0; line < 1_500; line++) file.append(process.argv[1] + ' ' + line + ' ' + 'x'.repeat(80) + '\\n')
  `
  const writers = ['a', 'b', 'c']
  const exits = writers.map(
    (name) =>
      new Promise<number | null>((resolve, reject) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', program, name], {
          stdio: ['ignore', 'ignore', 'inherit'],
        })
        child.once('error', reject)
        child.once('exit', (code) => resolve(code))
      }),
  )
  expect(await Promise.all(exits)).toEqual([0, 0, 0])
  const names = files()
  expect(names.length).toBeGreaterThan(10)
  const all = names.flatMap((name) => linesOf(join(directory, 'deep', name)))
  const wanted = writers.flatMap((name) =>
    Array.from({ length: 1_500 }, (_, line) => `${name} ${line} ${'x'.repeat(80)}`),
  )
  expect(all.sort()).toEqual(wanted.sort())
  for (const name of names) expect(statSync(join(directory, 'deep', name)).size).toBeLessThan(40_000)
}, 30_000)
