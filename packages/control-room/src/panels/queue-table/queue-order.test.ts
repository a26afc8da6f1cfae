import { expect, test } from 'vitest'
import { makeCounts, makeQueue } from '../../../test/fixtures/queues.ts'
import { byTrouble, orderQueues, sortableColumns } from './queue-order.ts'

const queues = [
  makeQueue('idle'),
  makeQueue('slow', { status: 'waiting', oldestWaitMs: 9_000, counts: makeCounts({ pending: 4 }) }),
  makeQueue('stuck', { status: 'stuck', oldestWaitMs: 10, counts: makeCounts({ pending: 1 }) }),
  makeQueue('busy', { status: 'waiting', oldestWaitMs: 50, counts: makeCounts({ pending: 90 }) }),
]

const names = (sort: { column: string; isDescending: boolean }) => orderQueues(queues, sort).map(({ queue }) => queue)

test('the worst trouble comes first: stuck, then the longest wait', () => {
  expect(names(byTrouble)).toEqual(['stuck', 'slow', 'busy', 'idle'])
})

test('a column sorts both ways, and unknown figures count as the least', () => {
  expect(names({ column: 'waiting', isDescending: true })).toEqual(['busy', 'slow', 'stuck', 'idle'])
  expect(names({ column: 'oldest', isDescending: false })).toEqual(['idle', 'stuck', 'busy', 'slow'])
})

test('every column that sorts puts all queues in some order', () => {
  for (const column of sortableColumns)
    expect(names({ column, isDescending: true }).sort()).toEqual(['busy', 'idle', 'slow', 'stuck'])
})
