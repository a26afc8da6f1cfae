import { expect, test } from 'vitest'
import { stopMessages } from './stop-messages.ts'

test('an attempt that was stopped says what stopped it, a timeout as people write it', () => {
  expect(stopMessages.timeout(7, 90_000)).toBe('job 7 ran longer than its timeout of 1m30s')
  expect(stopMessages.memory(7)).toBe('job 7 needed more memory than it may have')
  expect(stopMessages.cancelled(7)).toBe('job 7 was cancelled while it ran')
})
