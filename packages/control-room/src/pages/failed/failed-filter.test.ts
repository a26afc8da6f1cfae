import { expect, test } from 'vitest'
import { everyFailure, failedPath, failedSelection, readFailedFilter, writeFailedFilter } from './failed-filter.ts'

const clock = { nowMs: Date.UTC(2026, 2, 1, 12), zone: 'utc' } as const

test.for([
  ['', everyFailure],
  ['queue:mails type:send', { ...everyFailure, queue: 'mails', type: 'send' }],
  ['id:17', { ...everyFailure, ids: { from: '17', to: '17' } }],
  ['id:17..29', { ...everyFailure, ids: { from: '17', to: '29' } }],
  ['id:17..', { ...everyFailure, ids: { from: '17', to: null } }],
  ['id:..29', { ...everyFailure, ids: { from: null, to: '29' } }],
  ['failed:-1h..now', { ...everyFailure, failed: { from: '-1h', to: 'now' } }],
] as const)('%j is read and written the same', ([text, filter]) => {
  expect(readFailedFilter(text)).toEqual({ filter, problems: [] })
  expect(writeFailedFilter(filter)).toBe(text)
})

test.for([
  ['id:abc', 'bad_id'],
  ['id:..', 'bad_id'],
  ['id:0', 'bad_id'],
  ['id:9..5', 'bad_id'],
  ['failed:now..-1h', 'bad_time'],
  ['id:1..2..3', 'bad_id'],
  ['failed:soon', 'bad_time'],
  ['state:failed', 'unknown_key'],
  ['boom', 'unknown_key'],
  ['type:a,b', 'one_value'],
] as const)('%j is told as %s, and nothing is narrowed by it', ([text, code]) => {
  const { filter, problems } = readFailedFilter(text)
  expect(filter).toEqual(everyFailure)
  expect(problems.map((found) => found.code)).toEqual([code])
})

test('the address carries the filter', () => {
  expect(failedPath({})).toBe('/failed')
  expect(failedPath({ queue: 'a' }, 'c')).toBe('/failed?q=queue:a&cursor=c')
})

test('the server gets moments and ids as text, and only what narrows', () => {
  const { filter } = readFailedFilter('queue:mails id:17..9007199254740991 failed:-1h..now')
  expect(failedSelection(filter, clock)).toEqual({
    queue: 'mails',
    fromId: '17',
    toId: '9007199254740991',
    failedFrom: '2026-03-01T11:00:00.000Z',
  })
})
