import { expect, test } from 'vitest'
import { newJob } from '../conformance/sample-records.ts'
import { groupShapes } from './job-shapes.ts'

test('jobs that differ in their payload alone are of one shape', () => {
  const jobs = [newJob({ payload: '1' }), newJob({ payload: '2' }), newJob({ payload: '3' })]
  const { shapes, numbers } = groupShapes(jobs)
  expect(shapes).toHaveLength(1)
  expect(numbers).toEqual([1, 1, 1])
})

test('every other difference makes a shape, found again after others', () => {
  const changes = [
    {},
    { type: 'b' },
    { queue: 'b' },
    { priority: 1 },
    { weight: 1 },
    { options: '{}' },
    { delayMs: 1 },
    { runAt: 1 },
    { typeVersion: 2 },
    { tries: 1 },
    { maxCrashes: 1 },
    { parentId: 1 },
    { runId: 'r' },
  ]
  const fields = Object.keys(newJob()).filter((field) => field !== 'payload')
  expect(changes.flatMap((change) => Object.keys(change)).toSorted()).toEqual(fields.toSorted())
  const { shapes, numbers } = groupShapes([...changes, ...changes].map((change) => newJob(change)))
  const each = changes.map((_, index) => index + 1)
  expect(shapes).toHaveLength(changes.length)
  expect(numbers).toEqual([...each, ...each])
})
