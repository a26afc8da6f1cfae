import { expect } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'

const cases: StoreCases = {
  'nothing holds where nobody paused anything': async ({ store }) => {
    expect(await store.settings.holds()).toEqual({ pauses: [], maintenance: null })
  },

  'a pause says who, why and since when, for queues that hold nothing yet too, in order of their names': async ({
    store,
  }) => {
    const since = await store.metrics.now()
    await store.settings.pause({ queue: 'mail', by: 'ada', reason: 'provider is down', forMs: null })
    await store.settings.pause({ queue: 'bills', by: 'bob', reason: null, forMs: 60_000 })
    expect(await store.settings.holds()).toEqual({
      pauses: [
        { queue: 'bills', by: 'bob', reason: null, since, until: since + 60_000 },
        { queue: 'mail', by: 'ada', reason: 'provider is down', since, until: null },
      ],
      maintenance: null,
    })
  },

  'a pause with an end holds to its last millisecond by the time of the store': async (opened) => {
    const { store } = opened
    await store.settings.pause({ queue: 'mail', by: 'ada', reason: null, forMs: 60_000 })
    await opened.advance(59_999)
    expect((await store.settings.holds()).pauses).toHaveLength(1)
    await opened.advance(1)
    expect((await store.settings.holds()).pauses).toEqual([])
    expect(await store.settings.resume('mail')).toBe(false)
  },

  'a queue is resumed once, and another stays paused': async ({ store }) => {
    await store.settings.pause({ queue: 'mail', by: 'ada', reason: null, forMs: null })
    await store.settings.pause({ queue: 'bills', by: 'ada', reason: null, forMs: null })
    expect(await store.settings.resume('mail')).toBe(true)
    expect(await store.settings.resume('mail')).toBe(false)
    expect(await store.settings.resume('unknown')).toBe(false)
    expect((await store.settings.holds()).pauses).toMatchObject([{ queue: 'bills' }])
  },

  'who pauses what is paused keeps its beginning and says the rest; after its end a pause begins anew': async (
    opened,
  ) => {
    const { store } = opened
    const since = await store.metrics.now()
    await store.settings.pause({ queue: 'mail', by: 'ada', reason: 'one', forMs: null })
    await opened.advance(1_000)
    await store.settings.pause({ queue: 'mail', by: 'bob', reason: 'two', forMs: 5_000 })
    const until = since + 6_000
    expect((await store.settings.holds()).pauses).toEqual([{ queue: 'mail', by: 'bob', reason: 'two', since, until }])
    await opened.advance(10_000)
    await store.settings.pause({ queue: 'mail', by: 'eve', reason: null, forMs: null })
    expect((await store.settings.holds()).pauses).toMatchObject([{ by: 'eve', since: since + 11_000, until: null }])
  },

  'maintenance is on once, keeps its beginning, and goes off once': async (opened) => {
    const { store } = opened
    const since = await store.metrics.now()
    expect(await store.settings.setMaintenance({ by: 'ada', reason: 'new disks' })).toBe(true)
    await opened.advance(1_000)
    expect(await store.settings.setMaintenance({ by: 'bob', reason: null })).toBe(true)
    expect(await store.settings.holds()).toEqual({ pauses: [], maintenance: { by: 'bob', reason: null, since } })
    expect(await store.settings.setMaintenance(null)).toBe(true)
    expect(await store.settings.setMaintenance(null)).toBe(false)
    expect((await store.settings.holds()).maintenance).toBeNull()
  },

  'another process sees what holds, and is woken when it ends': async (opened) => {
    const second = await opened.openSecond()
    await opened.store.settings.pause({ queue: 'mail', by: 'ada', reason: null, forMs: null })
    expect((await second.settings.holds()).pauses).toHaveLength(1)
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = second.wake.subscribe(() => resolve())
    await opened.store.settings.resume('mail')
    await promise
    stop()
    expect((await second.settings.holds()).pauses).toEqual([])
  },
}

/** What {@link QueueSettingStore} promises. */
export function queueSettingsSuite(harness: StoreHarness): void {
  registerCases('queue settings', harness, cases)
}
