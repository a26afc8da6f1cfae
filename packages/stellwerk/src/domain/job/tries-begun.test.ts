import { expect, test } from 'vitest'
import { jobStates } from './job-state.ts'
import { triesBegun } from './tries-begun.ts'

test.each(jobStates)('a %s job that has not failed has begun a try only where one runs or has succeeded', (state) => {
  expect(triesBegun({ state, failures: 0 })).toBe(state === 'processing' || state === 'completed' ? 1 : 0)
})

test('failed tries count, the one that runs beside them', () => {
  expect(triesBegun({ state: 'retrying', failures: 2 })).toBe(2)
  expect(triesBegun({ state: 'processing', failures: 2 })).toBe(3)
  expect(triesBegun({ state: 'failed', failures: 3 })).toBe(3)
})
