import { expect, test } from 'vitest'
import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'
import { joinLines } from './join-lines.ts'

const line = (second: number, message: string): LogLine => ({
  at: `2026-03-01T12:00:0${second}.000Z`,
  attempt: 1,
  kind: 'log',
  level: 'info',
  message,
  fields: {},
})
const messages = (lines: readonly LogLine[]) => lines.map(({ message }) => message)

test('what was fetched and what came since make one list', () => {
  const fetched = [line(1, 'a'), line(2, 'b')]
  expect(messages(joinLines(fetched, [line(2, 'b'), line(2, 'c'), line(3, 'd')]))).toEqual(['a', 'b', 'c', 'd'])
  expect(messages(joinLines(fetched, [line(1, 'a'), line(2, 'b')]))).toEqual(['a', 'b'])
})

test('either side may be empty', () => {
  expect(messages(joinLines([], [line(1, 'a')]))).toEqual(['a'])
  expect(messages(joinLines([line(1, 'a')], []))).toEqual(['a'])
})
