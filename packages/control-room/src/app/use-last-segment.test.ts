import { expect, test } from 'vitest'
import { queuePath } from '../panels/queue-table/queue-path.ts'
import { lastSegment } from './use-last-segment.ts'

test.each(['emails', 'a/b', '100%', 'a%2Fb', 'größe 1', '?#&', '..'])(
  'the queue %j is found again by its address',
  (queue) => {
    expect(lastSegment(queuePath(queue))).toBe(queue)
  },
)

test('an address that is broken is taken as it stands', () => {
  expect(lastSegment('/queues/%E0%A4%A')).toBe('%E0%A4%A')
})

test('a slash at the end of an address makes no difference', () => {
  expect(lastSegment('/jobs/7/')).toBe('7')
})
