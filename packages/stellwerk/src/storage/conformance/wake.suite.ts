import { expect, vi } from 'vitest'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'
import { bringToFailed, dispatchJob, startStation } from './store-steps.ts'

const soon = { timeout: 20_000, interval: 2 }

const cases: StoreCases = {
  'a dispatch wakes a listener of the same store': async ({ store }) => {
    const listener = vi.fn()
    const end = store.wake.subscribe(listener)
    await dispatchJob(store)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), soon)
    end()
  },

  'a dispatch wakes a listener of another store, every time it has slept': async (opened) => {
    const second = await opened.openSecond()
    const listener = vi.fn()
    const end = second.wake.subscribe(listener)
    await vi.waitFor(async () => {
      await dispatchJob(opened.store)
      expect(listener).toHaveBeenCalled()
    }, soon)
    listener.mockClear()
    await vi.waitFor(async () => {
      await dispatchJob(opened.store)
      expect(listener).toHaveBeenCalled()
    }, soon)
    end()
  },

  'a retry wakes too': async ({ store }) => {
    await startStation(store)
    const id = await bringToFailed(store)
    const listener = vi.fn()
    const end = store.wake.subscribe(listener)
    await store.jobs.retry(id)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), soon)
    end()
  },

  'who has unsubscribed is not called again, others still are': async ({ store }) => {
    const gone = vi.fn()
    const stays = vi.fn()
    const endGone = store.wake.subscribe(gone)
    const endStays = store.wake.subscribe(stays)
    endGone()
    endGone()
    gone.mockClear()
    await dispatchJob(store)
    await vi.waitFor(() => expect(stays).toHaveBeenCalled(), soon)
    expect(gone).not.toHaveBeenCalled()
    endStays()
  },

  'the longest sleep is bounded': async ({ store }) => {
    expect(store.wake.pollMs).toBeGreaterThan(0)
    expect(store.wake.pollMs).toBeLessThanOrEqual(60_000)
  },
}

/** What {@link Wake} promises. */
export function wakeSuite(harness: StoreHarness): void {
  registerCases('wake', harness, cases)
}
