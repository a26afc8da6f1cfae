import { expect, onTestFinished, test } from 'vitest'
import { newStation, openTestStore } from '../../test/temporary-store.ts'
import { deferred } from '../std/deferred.ts'
import { silentLog } from '../std/log.ts'
import { sharedClockMs } from '../std/shared-clock.ts'
import type { Store } from '../storage/store.ts'
import { FailureLog } from './failure-log.ts'
import { LeaseKeeper, type LeaseKeeperOptions } from './lease-keeper.ts'

function keep(store: LeaseKeeperOptions['store'], differs: Partial<LeaseKeeperOptions> = {}): LeaseKeeper {
  const nothing = (): void => undefined
  const keeper = new LeaseKeeper({
    store,
    leaseMs: 1_000,
    log: silentLog,
    failures: new FailureLog(silentLog),
    onDead: nothing,
    onFailed: nothing,
    onRenewed: nothing,
    ...differs,
  })
  onTestFinished(() => keeper.stop())
  return keeper
}

async function registered(): Promise<Store> {
  const store = await openTestStore()
  await store.stations.register(newStation({ id: 'a', leaseMs: 1_000 }))
  return store
}

test('renews through its thread, and trusts from before a renewal was sent', { timeout: 20_000 }, async () => {
  const store = await registered()
  const thrice = deferred()
  let renewals = 0
  const keeper = keep(store, {
    onRenewed: () => {
      renewals++
      if (renewals === 3) thrice.resolve()
    },
  })
  const startMs = sharedClockMs()
  keeper.start('a', startMs)
  await thrice.promise
  expect(keeper.renewedMs).toBeGreaterThan(startMs)
  expect(keeper.renewedMs).toBeLessThanOrEqual(sharedClockMs())
  await keeper.stop()
  await keeper.stop()
})

test('a station that was declared dead is told so, and stops at once', { timeout: 20_000 }, async () => {
  const store = await registered()
  await store.stations.retire('a')
  const dead = deferred()
  const keeper = keep(store, { onDead: () => dead.resolve() })
  keeper.start('a', sharedClockMs())
  await dead.promise
  await keeper.stop()
})

test('while the thread still loads, the main loop keeps the lease', { timeout: 20_000 }, async () => {
  const store = await registered()
  // A thread that begins and never says a word.
  const module = new URL(
    'data:text/javascript,import { parentPort } from "node:worker_threads"; parentPort.once("message", () => parentPort.close())',
  )
  const twice = deferred()
  let renewals = 0
  const keeper = keep(
    { stations: store.stations, leaseThread: () => ({ module, workerData: null }) },
    {
      onRenewed: () => {
        renewals++
        if (renewals === 2) twice.resolve()
      },
    },
  )
  keeper.start('a', sharedClockMs())
  await twice.promise
  const [station] = await store.stations.list()
  if (station === undefined) throw new Error('the station is gone')
  expect(station.aliveUntil - station.startedAt).toBeGreaterThan(1_000)
})
