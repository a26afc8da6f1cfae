import { expect, test } from 'vitest'
import { makeCounts, makeQueue } from '../../../test/fixtures/queues.ts'
import { isFirstRun } from './is-first-run.ts'

const queues = [makeQueue('default')]

test('an empty store is a first run', () => {
  expect(isFirstRun({ counts: makeCounts(), queues: [] })).toBe(true)
})

test('so are a few jobs of which none has ended', () => {
  expect(isFirstRun({ counts: makeCounts({ pending: 1 }), queues })).toBe(true)
})

test.each([
  ['a job has ended', makeCounts({ completed: 1 })],
  ['a job has failed', makeCounts({ pending: 1, failed: 1 })],
  ['a job is tried again', makeCounts({ retrying: 1 })],
  ['there is a backlog', makeCounts({ pending: 11 })],
  ['an old store was emptied by its retention', makeCounts()],
])('it is none once %s', (_, counts) => {
  expect(isFirstRun({ counts, queues })).toBe(false)
})
