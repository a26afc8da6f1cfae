import { expect, test } from 'vitest'
import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'
import { cutMatches, fieldsText, filterLines } from './filter-lines.ts'

const line = (level: LogLine['level'], message: string, fields: LogLine['fields'] = {}): LogLine => ({
  at: '2026-03-01T12:00:00.000Z',
  attempt: 1,
  kind: 'log',
  level,
  message,
  fields,
})

const lines = [
  line('debug', 'Opening'),
  line('info', 'opened', { path: '/srv/a b', size: 17 }),
  line('warn', 'no description'),
  line('error', 'boom'),
]

test('a level lets itself and louder ones through', () => {
  expect(filterLines(lines, { least: 'warn', search: '' }).map(({ message }) => message)).toEqual([
    'no description',
    'boom',
  ])
  expect(filterLines(lines, { least: 'debug', search: '' })).toHaveLength(4)
})

test('a search looks into messages and fields, whatever the case', () => {
  expect(filterLines(lines, { least: 'debug', search: 'OPEN' })).toHaveLength(2)
  expect(filterLines(lines, { least: 'debug', search: 'size=17' })).toHaveLength(1)
  expect(filterLines(lines, { least: 'debug', search: 'nothing such' })).toEqual([])
})

test('fields are written as key=value', () => {
  expect(fieldsText(line('info', '', { path: '/srv/a b', size: 17, deep: { a: 1 } }))).toBe(
    'path="/srv/a b" size=17 deep={"a":1}',
  )
})

test('a text is cut at every match and is whole when put together', () => {
  expect(cutMatches('aXbxc', 'x')).toEqual([
    { text: 'a', isMatch: false },
    { text: 'X', isMatch: true },
    { text: 'b', isMatch: false },
    { text: 'x', isMatch: true },
    { text: 'c', isMatch: false },
  ])
  expect(cutMatches('abc', '')).toEqual([{ text: 'abc', isMatch: false }])
  expect(
    cutMatches('İx', 'x')
      .map(({ text }) => text)
      .join(''),
  ).toBe('İx')
})
