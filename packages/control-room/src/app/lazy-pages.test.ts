import { expect, test } from 'vitest'
import { pageAt } from './lazy-pages.ts'

test.each([
  ['/', '/'],
  ['/queues', '/queues'],
  ['/queues/', '/queues'],
  ['/queues/nothing%2Fhere', '/queues/:queue'],
  ['/jobs/line\r\nSet-Cookie: x=1', '/jobs/:id'],
])('at %j is the page %s', (path, pattern) => {
  expect(pageAt(path)?.path).toBe(pattern)
})

test.each(['/no', '/no/line\r\nSet-Cookie: x=1', '/queues/a/b', ''])('at %j is no page', (path) => {
  expect(pageAt(path)).toBeUndefined()
})
