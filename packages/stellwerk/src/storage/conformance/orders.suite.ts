import { expect } from 'vitest'
import type { NewOrder } from '../order-store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'
import { at, only } from './store-steps.ts'

function newOrder(changes: Partial<NewOrder> = {}): NewOrder {
  return {
    stationId: 'station-a',
    kind: 'pause',
    pool: null,
    workerId: null,
    processes: null,
    jobId: null,
    claimSeq: null,
    byKind: 'token',
    byName: 'ada',
    lifetimeMs: 60_000,
    ...changes,
  }
}

const cases: StoreCases = {
  'an order is pending for its station alone, with all that was said': async ({ store }) => {
    const scale = newOrder({ kind: 'scale', pool: 'emails', processes: 3 })
    const cancel = newOrder({ kind: 'cancel_job', jobId: 2 ** 53 - 1, claimSeq: 5, workerId: 'w_1' })
    const given = await store.orders.give([scale, cancel, newOrder({ stationId: 'station-b' })])
    const givenAt = await store.metrics.now()
    const { lifetimeMs: _, ...said } = scale
    const record = { ...said, givenAt, expiresAt: givenAt + 60_000, state: 'pending', answeredAt: null, answer: null }
    expect(given[0]).toEqual({ ...record, id: at(given, 0).id })
    expect(await store.orders.pending('station-a')).toEqual(given.slice(0, 2))
    expect(await store.orders.pending('station-b')).toEqual(given.slice(2))
    expect(await store.orders.pending('station-c')).toEqual([])
    expect(await store.orders.list({ limit: 2 })).toEqual([given[2], given[1]])
  },

  'an order is answered once, and is no longer pending': async (opened) => {
    const { store } = opened
    const { id } = only(await store.orders.give([newOrder()]))
    await opened.advance(500)
    expect(await store.orders.answer(id, { state: 'done', answer: null })).toBe(true)
    expect(await store.orders.answer(id, { state: 'refused', answer: 'too late' })).toBe(false)
    expect(await store.orders.pending('station-a')).toEqual([])
    const answeredAt = await store.metrics.now()
    expect(await store.orders.list({ limit: 10 })).toMatchObject([{ id, state: 'done', answeredAt, answer: null }])
    expect(await store.orders.answer(id + 1, { state: 'done', answer: null })).toBe(false)
  },

  'a station may refuse, and says why': async ({ store }) => {
    const { id } = only(await store.orders.give([newOrder()]))
    await store.orders.answer(id, { state: 'refused', answer: "there is no pool 'emails'" })
    expect(await store.orders.list({ ids: [id], limit: 10 })).toMatchObject([
      { state: 'refused', answer: "there is no pool 'emails'" },
    ])
  },

  'what nobody answered in time is expired, seen at once and swept once, and cannot be answered': async (opened) => {
    const { store } = opened
    const { id } = only(await store.orders.give([newOrder()]))
    await opened.advance(59_999)
    expect(await store.orders.pending('station-a')).toHaveLength(1)
    expect(await store.orders.expire()).toBe(0)
    await opened.advance(1)
    expect(await store.orders.pending('station-a')).toEqual([])
    expect(await store.orders.list({ limit: 10 })).toMatchObject([{ id, state: 'expired' }])
    expect(await store.orders.list({ pendingOnly: true, limit: 10 })).toEqual([])
    expect(await store.orders.expire()).toBe(1)
    expect(await store.orders.expire()).toBe(0)
    expect(await store.orders.answer(id, { state: 'done', answer: null })).toBe(false)
    expect(await store.orders.list({ limit: 10 })).toMatchObject([{ id, state: 'expired', answeredAt: null }])
  },

  'lists narrow by station, by id and to what is pending': async ({ store }) => {
    const given = await store.orders.give([newOrder(), newOrder({ stationId: 'station-b' }), newOrder()])
    const ids = given.map(({ id }) => id)
    await store.orders.answer(at(ids, 0), { state: 'done', answer: null })
    const found = async (filter: object): Promise<readonly number[]> =>
      (await store.orders.list({ limit: 10, ...filter })).map(({ id }) => id)
    expect(await found({ stationId: 'station-a' })).toEqual([ids[2], ids[0]])
    expect(await found({ pendingOnly: true })).toEqual([ids[2], ids[1]])
    expect(await found({ ids: [at(ids, 1)] })).toEqual([ids[1]])
    expect(await found({ ids: [] })).toEqual([])
  },

  'old orders are removed': async (opened) => {
    const { store } = opened
    await store.orders.give([newOrder()])
    await opened.advance(10_000)
    await store.orders.give([newOrder()])
    expect(await store.orders.prune(10_000)).toBe(0)
    await opened.advance(1)
    expect(await store.orders.prune(10_000)).toBe(1)
    expect(await store.orders.list({ limit: 10 })).toHaveLength(1)
  },

  'an order wakes whoever listens in another process': async (opened) => {
    const second = await opened.openSecond()
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = second.wake.subscribe(() => resolve())
    await opened.store.orders.give([newOrder()])
    await promise
    stop()
    expect(await second.orders.pending('station-a')).toHaveLength(1)
  },
}

/** What {@link OrderStore} promises. */
export function ordersSuite(harness: StoreHarness): void {
  registerCases('orders', harness, cases)
}
