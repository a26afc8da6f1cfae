import { expect, test, vi } from 'vitest'
import { openTestStore } from '../../../test/temporary-store.ts'
import { silentLog } from '../../std/log.ts'
import type { NewOrder } from '../../storage/order-store.ts'
import type { Store } from '../../storage/store.ts'
import { FailureLog } from '../failure-log.ts'
import type { PeriodicService } from '../periodic-service.ts'
import type { OrderAnswer, StationControl } from '../station-control.ts'
import { createOrderTaker } from './order-taker.ts'

const order: NewOrder = {
  stationId: 'a',
  kind: 'pause',
  pool: null,
  workerId: null,
  processes: null,
  jobId: null,
  claimSeq: null,
  byKind: 'cli',
  byName: 'ada',
  lifetimeMs: 60_000,
}

/** A taker of station a, whose workers answer so. */
function takerOf(store: Pick<Store, 'orders' | 'wake'>, apply: StationControl['apply']): PeriodicService {
  return createOrderTaker({
    store,
    control: { reports: () => [], pools: () => [], apply },
    ownId: () => 'a',
    log: silentLog,
    failures: new FailureLog(silentLog),
    onDone: () => undefined,
  })
}

/** What became of all orders, the first one first. */
async function answersOf(store: Store): Promise<readonly unknown[]> {
  const orders = await store.orders.list({ limit: 10 })
  return orders.toReversed().map(({ state, answer }) => [state, answer])
}

async function untilAnswered(store: Store): Promise<void> {
  await vi.waitFor(async () => expect(await store.orders.list({ pendingOnly: true, limit: 10 })).toEqual([]), 20_000)
}

test('orders of this station are done in their order, each once, and answered', async () => {
  const store = await openTestStore()
  const done: string[] = []
  const taker = takerOf(store, async ({ kind }) => {
    done.push(kind)
    if (kind === 'resume') return { state: 'refused', answer: 'nothing is paused' }
    return { state: 'done', answer: null }
  })
  await store.orders.give([order, { ...order, kind: 'resume' }, { ...order, stationId: 'b' }])
  taker.start()
  await vi.waitFor(async () => expect(await store.orders.pending('a')).toEqual([]), 20_000)
  await taker.stop()
  expect(done).toEqual(['pause', 'resume'])
  expect(await answersOf(store)).toEqual([
    ['done', null],
    ['refused', 'nothing is paused'],
    ['pending', null],
  ])
})

test('an order that is given while it sleeps wakes it, and one that throws is refused with why', async () => {
  const store = await openTestStore()
  const taker = takerOf(store, () => Promise.reject(new Error('no such pool')))
  taker.start()
  await store.orders.give([order])
  await untilAnswered(store)
  await taker.stop()
  expect(await answersOf(store)).toEqual([['refused', 'no such pool']])
})

test('an answer that could not be stored is stored later, and the order is not done twice', async () => {
  const store = await openTestStore()
  await store.orders.give([order])
  const apply = vi.fn(async (): Promise<OrderAnswer> => ({ state: 'done', answer: null }))
  let failures = 1
  const orders = {
    ...store.orders,
    answer: async (...asked: Parameters<typeof store.orders.answer>) => {
      if (failures-- > 0) throw new Error('the store was away')
      return await store.orders.answer(...asked)
    },
  }
  const taker = takerOf({ ...store, orders }, apply)
  taker.start()
  await vi.waitFor(() => expect(failures).toBe(0), 20_000)
  taker.nudge()
  await untilAnswered(store)
  await taker.stop()
  expect(apply).toHaveBeenCalledOnce()
})
