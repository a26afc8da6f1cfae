import { expect, test } from 'vitest'
import { closingLine, runTotals } from './closing-line-reporter.ts'

test('the closing line names passed and failed, and the skipped only where there are some', () => {
  expect(closingLine({ passed: 123, failed: 0, skipped: 0 })).toBe('123 passed, 0 failed')
  expect(closingLine({ passed: 4, failed: 1, skipped: 2 })).toBe('4 passed, 1 failed, 2 skipped')
})

test('an error outside of any test counts as a failure', () => {
  expect(runTotals([], [{ message: 'unhandled' }])).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
