import { expect, test } from 'vitest'
import { exitReasons } from '../../../../stellwerk/src/domain/worker/exit-reasons.ts'
import { endBeside } from './end-beside.ts'

test.each([
  { code: 1, signal: null },
  { code: null, signal: 'SIGKILL' },
])('an end that its reason names is not said twice: %j', (end) => {
  const reason = exitReasons.died({ ...end, fault: null })
  expect(endBeside({ at: '', reason, ...end })).toEqual({ code: null, signal: null })
})

test('an end that its reason does not name stands beside it', () => {
  const reason = exitReasons.leftForMemory()
  expect(endBeside({ at: '', reason, code: 12, signal: null })).toEqual({ code: 12, signal: null })
})
