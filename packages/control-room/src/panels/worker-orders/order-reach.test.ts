import { expect, test } from 'vitest'
import { makeOrder } from '../../../test/fixtures/orders.ts'
import { makeWorker, workerList } from '../../../test/fixtures/workers.ts'
import { cancelledJobs, offeredOrders, pendingOrders, reachOf } from './order-reach.ts'

const [web7 = '', web8 = '', web3 = ''] = ['web-7.example', 'web-8.example', 'web-3.example'].map(
  (host) => workerList.stations.find((station) => station.host === host)?.id,
)

test('an order for a pool reaches its living workers on all machines, and neither lost ones nor other pools', () => {
  expect(reachOf({ pool: 'emails' }, workerList)).toEqual({
    workers: 4,
    running: 6,
    paused: 1,
    stations: 2,
    endsStation: false,
    isInline: false,
    bounds: { min: 1, max: 8, now: 2 },
    isStopped: false,
  })
  expect(reachOf({ pool: 'emails', station: web8 }, workerList)).toMatchObject({ workers: 2, running: 1, stations: 1 })
})

test('the bounds of a pool on several machines are those that each of them allows', () => {
  const pools = workerList.pools.map((pool) => (pool.station === web8 ? { ...pool, min: 2, max: 4 } : pool))
  expect(reachOf({ pool: 'emails' }, { ...workerList, pools }).bounds).toEqual({ min: 2, max: 4, now: 2 })
  const apart = pools.map((pool) => (pool.station === web8 ? { ...pool, min: 9, max: 12 } : pool))
  expect(reachOf({ pool: 'emails' }, { ...workerList, pools: apart }).bounds).toBeNull()
})

test('what is offered follows from what there is: a stopped pool starts, a fixed one does not scale', () => {
  const offeredFor = (target: Parameters<typeof reachOf>[0]) => offeredOrders(reachOf(target, workerList))
  expect(offeredFor({ pool: 'reports' })).toEqual(['start'])
  expect(offeredFor({ pool: 'images' })).toEqual(['pause', 'restart', 'stop', 'stop_now'])
  expect(offeredFor({ pool: 'emails' })).toEqual(['pause', 'resume', 'restart', 'scale', 'stop', 'stop_now'])
  expect(offeredFor({ worker: 'w_77aa01c2d3e4f506' })).toEqual(['resume', 'restart', 'stop', 'stop_now'])
  expect(offeredFor({ station: web3 }), 'a lost station').toEqual([])
})

test('to stop a station, all of them, or a worker inside its station ends the station', () => {
  const inline = makeWorker('w_1', { kind: 'inline', pool: 'inline' })
  const seen = { ...workerList, pools: [], workers: [inline] }
  expect(reachOf({ station: web7 }, workerList).endsStation).toBe(true)
  expect(reachOf({ all: true }, workerList).endsStation).toBe(true)
  expect(reachOf({ worker: 'w_0a3f91c27be45d18' }, workerList).endsStation).toBe(false)
  expect(reachOf({ worker: 'w_1' }, seen)).toMatchObject({ endsStation: true, isInline: true, bounds: null })
  expect(offeredOrders(reachOf({ pool: 'inline' }, seen))).toEqual(['pause', 'stop', 'stop_now'])
})

test('an order concerns a worker by its id, its pool on its station, or its station', () => {
  const worker = makeWorker('w_1')
  const found = pendingOrders(worker, [
    makeOrder('1', { worker: 'w_1' }),
    makeOrder('2', { worker: 'w_2' }),
    makeOrder('3', { pool: 'emails' }),
    makeOrder('4', { pool: 'images' }),
    makeOrder('5'),
    makeOrder('6', { station: web8 }),
    makeOrder('7', { state: 'done' }),
    makeOrder('8', { kind: 'cancel_job', job: '17' }),
  ])
  expect(found.map(({ id }) => id)).toEqual(['1', '3', '5'])
})

test('a job is being cancelled while its order is open or taken, not once it was refused', () => {
  const orders = (['pending', 'done', 'refused', 'expired'] as const).map((state, at) =>
    makeOrder(String(at), { kind: 'cancel_job', job: String(at), state }),
  )
  expect([...cancelledJobs(orders)]).toEqual(['0', '1'])
})
