import { expect, test } from 'vitest'
import { createLog } from './create-log.ts'
import { formatEntry, type LineParts } from './format-entry.ts'
import type { LogEntry } from './log-entry.ts'

const hostile = 'a\r\nb\u001b[31m\u202e\u2028\u0085"=\ud800 level=error {"time":1}'
const text: LineParts = { format: 'text', hasTime: true, pid: null }
const json: LineParts = { format: 'json', hasTime: true, pid: 7 }

function entryOf(message: string, fields: Readonly<Record<string, unknown>>, isDetailed = true): LogEntry {
  const entries: LogEntry[] = []
  createLog({ level: 'debug', isDetailed }, { write: (entry) => entries.push(entry) }).info(message, fields)
  const [entry] = entries
  if (entry === undefined) throw new Error('nothing was written')
  return { ...entry, at: 0 }
}

test('a line of text is one line in printable characters, and a value cannot pass for another field', () => {
  const line = formatEntry(entryOf(hostile, { reason: hostile, count: 2 }), text)
  expect(line).not.toMatch(/[\p{Cc}\u202e\u2028\ud800]/u)
  expect(line.startsWith('1970-01-01T00:00:00.000Z info  a\\r\\nb\\x1b[31m')).toBe(true)
  expect(line).toContain('reason="a\\r\\nb\\u001b[31m')
  expect(line.endsWith(' count=2')).toBe(true)
})

test('a line of JSON is one line in printable characters and gives every character back', () => {
  const line = formatEntry(entryOf(hostile, { reason: hostile, level: 'fatal', time: 'never' }), json)
  expect(line).not.toMatch(/[\p{Cc}\u202e\u2028]/u)
  expect(JSON.parse(line)).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    message: hostile.toWellFormed(),
    pid: 7,
    reason: hostile.toWellFormed(),
    'field.level': 'fatal',
    'field.time': 'never',
  })
})

test('values that are no JSON, and those that are too long, still make a line', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const fields = {
    circle,
    big: 10n,
    no: Number.NaN,
    missing: undefined,
    long: 'x'.repeat(1_000_000),
    hot: {
      toJSON: () => {
        throw new Error('no')
      },
    },
  }
  const line = formatEntry(entryOf('m', fields), json)
  expect(line.length).toBeLessThan(40_000)
  expect(JSON.parse(line)).toMatchObject({ big: '10n', no: 'NaN' })
  expect(JSON.parse(line)).not.toHaveProperty('missing')
})

test('an error in detail has its stack and that of its cause; otherwise message, causes and three frames; never a password', () => {
  const cause = new Error('postgres://app:hunter2@db is away')
  const error = new TypeError('outer', { cause })
  const detailed = String(entryOf('m', { error }).fields['error'])
  expect(detailed.match(/\n\s+at /g)?.length).toBeGreaterThan(6)
  const short = String(entryOf('m', { error }, false).fields['error'])
  expect(short.match(/\n\s+at /g)).toHaveLength(3)
  for (const shown of [detailed, short]) {
    expect(shown).toContain('TypeError: outer')
    expect(shown).toContain('caused by Error: postgres://app:***@db is away')
  }
})
