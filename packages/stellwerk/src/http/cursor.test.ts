import { expect, test } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'

const scope = { list: 'jobs', filter: { queue: 'mail', type: undefined } }

test('a cursor goes on where its page ended, whatever order the filter is written in', () => {
  const cursor = writeCursor({ list: 'jobs', filter: { state: 'failed', queue: 'mail' } }, 42)
  expect(
    readCursor({ list: 'jobs', filter: { queue: 'mail', state: 'failed', type: undefined } }, String(cursor)),
  ).toBe(42)
  expect(writeCursor(scope, null)).toBeNull()
})

test('a cursor of another list or filter is refused, and says so', () => {
  const cursor = String(writeCursor(scope, 42))
  expect(() => readCursor({ ...scope, list: 'failed-jobs' }, cursor)).toThrow("belongs to the list 'jobs'")
  expect(() => readCursor({ ...scope, filter: { queue: 'slow' } }, cursor)).toThrow('belongs to another filter')
})

test.each(['', 'x', '42', '%%%', 'e30', 'bnVsbA', Buffer.from('{"l":"jobs","f":"x","b":-1}').toString('base64url')])(
  '%j is no cursor',
  (cursor) => {
    expect(() => readCursor(scope, cursor)).toThrow('is not a cursor')
  },
)
