import { expect, test } from 'vitest'
import type { LogEntry } from '../domain/job/log-entry.ts'
import type { LogAppend } from '../storage/outcome-store.ts'
import { AttemptLog } from './attempt-log.ts'

const key = { jobId: 4, claimSeq: 2, attempt: 1 }

function line(message: string, fields?: Record<string, unknown>): LogEntry {
  return { at: 1, kind: 'log', level: 'info', message, ...(fields !== undefined && { fields }) }
}

/** What a store keeps after these appends. */
function kept(appends: readonly LogAppend[]): readonly Record<string, unknown>[] {
  const chunks = new Map<number, string>()
  for (const { chunk, lines, dropBelowChunk } of appends) {
    chunks.set(chunk, lines)
    for (const number of chunks.keys()) if (number < dropBelowChunk) chunks.delete(number)
  }
  return [...chunks.values()].flatMap((lines) => lines.split('\n').map((each) => JSON.parse(each)))
}

test('lines are taken in order, each once, in numbered chunks', () => {
  const log = new AttemptLog(key)
  log.add(line('one'))
  log.add(line('two'))
  const first = log.take(9)
  expect(first).toMatchObject([{ ...key, chunk: 0, dropBelowChunk: 0 }])
  expect(log.take(9)).toEqual([])
  log.add(line('three'))
  expect(log.take(9)).toMatchObject([{ chunk: 1 }])
  expect(kept(first).map(({ message }) => message)).toEqual(['one', 'two'])
})

test('beyond 256 KiB the oldest go, and a mark says how many', () => {
  const log = new AttemptLog(key)
  const appends: LogAppend[] = []
  for (let index = 0; index < 1_000; index++) {
    log.add(line(`${index} ${'x'.repeat(990)}`))
    if (index % 7 === 0) appends.push(...log.take(9))
  }
  appends.push(...log.take(9))
  const entries = kept(appends)
  const dropped = entries.filter(({ kind }) => kind === 'dropped')
  const messages = entries
    .filter(({ kind }) => kind === 'log')
    .map(({ message }) => Number.parseInt(String(message), 10))
  expect(messages.at(-1)).toBe(999)
  expect(messages).toEqual(Array.from({ length: messages.length }, (_, at) => 1_000 - messages.length + at))
  const bytes = entries.reduce((sum, entry) => sum + JSON.stringify(entry).length + 1, 0)
  expect(bytes).toBeLessThan(262_144 + 40 * 100)
  expect(bytes).toBeGreaterThan(200_000)
  expect(dropped.length).toBeGreaterThan(0)
  // Marks in chunks that were dropped are gone with them: those that are left never tell too many.
  expect(dropped.reduce((sum, { entries: count }) => sum + Number(count), 0)).toBeLessThanOrEqual(
    1_000 - messages.length,
  )
})

test('a line that is too long is cut, and says so', () => {
  const log = new AttemptLog(key)
  log.add(line('y'.repeat(100_000)))
  log.add({ at: 2, kind: 'trace', event: 'big', memoryBytes: 1, memoryPeakBytes: 1, data: 'z'.repeat(100_000) })
  const entries = kept(log.take(9))
  expect(entries.map(({ message }) => String(message).length < 9_000)).toEqual([true, true])
  expect(entries.map(({ message }) => message)).toEqual([
    expect.stringContaining('[cut: the line had'),
    expect.stringContaining('big'),
  ])
})

test('a line is never lost to its fields', () => {
  const log = new AttemptLog(key)
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  log.add(line('circular', circular))
  log.add(line('big', { id: 1n }))
  log.add(line('half a character \ud800', {}))
  log.add({ at: 3, kind: 'trace', event: 'traced', memoryBytes: 1, memoryPeakBytes: 2, data: circular })
  expect(kept(log.take(9))).toMatchObject([
    { message: 'circular', level: 'info' },
    { message: 'big' },
    { message: expect.stringContaining('half a character') },
    { kind: 'trace', event: 'traced' },
  ])
})
