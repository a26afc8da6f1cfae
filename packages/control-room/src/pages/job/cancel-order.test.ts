import { expect, test } from 'vitest'
import { makeOrder } from '../../../test/fixtures/orders.ts'
import { cancelOrder } from './cancel-order.ts'

const job = { id: '17', state: 'processing', claimedAt: '2027-01-31T08:00:00.000Z' }
const orders = [
  makeOrder('1', { kind: 'cancel_job', job: '17', givenAt: '2027-01-31T07:00:00.000Z' }),
  makeOrder('2', { kind: 'cancel_job', job: '17', givenAt: '2027-01-31T08:00:05.000Z' }),
  makeOrder('3', { kind: 'cancel_job', job: '17', givenAt: '2027-01-31T08:00:09.000Z', state: 'refused' }),
  makeOrder('4', { kind: 'cancel_job', job: '18', givenAt: '2027-01-31T08:00:09.000Z' }),
]

test('the newest order for the run that goes on now counts, one for a run before or another job does not', () => {
  expect(cancelOrder(job, orders)?.id).toBe('3')
  expect(cancelOrder(job, orders.slice(0, 2))?.id).toBe('2')
  expect(cancelOrder(job, orders.slice(0, 1))).toBeNull()
})
