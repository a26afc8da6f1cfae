import { expect, test } from 'vitest'
import { orderRefusals } from './order-refusals.ts'

test('an order for what is not here names it', () => {
  expect(orderRefusals.noJob(7)).toBe('job 7 does not run here any more')
  expect(orderRefusals.noPool('mail')).toBe("this station has no pool 'mail'")
  expect(orderRefusals.noWorker('w_00f3')).toBe('there is no worker w_00f3 here any more')
})

test('an order that cannot be followed says what would be', () => {
  expect(orderRefusals.poolsOnly('scale')).toBe("'scale' is for a pool, not for one worker")
  expect(orderRefusals.ownProcess()).toBe(
    "this station runs handlers in its own process; start it with worker processes to do that: executor 'process'",
  )
})

test.each([
  [5, '5'],
  [0, '0'],
  [null, 'none'],
])('a pool that is to have %s processes beyond its bounds says them', (processes, shown) => {
  expect(orderRefusals.outOfBounds({ name: 'mail', min: 1, max: 4 }, processes)).toBe(
    `pool 'mail' may have 1 to 4 processes by its configuration, not ${shown}`,
  )
})
