import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { silentLog } from '../../src/std/log.ts'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { openLiveDatabase, type storeKinds } from '../faults/live-database.ts'
import { noop, pause } from './process-jobs.ts'

/** Until all have seen each other: a lookout looks every two seconds. */
const acquaintMs = 5_000

/** Three stations of one store, each with connections of its own; the first one is in the hands of whoever dispatches. */
class Stations {
  readonly shares = [0, 0, 0]
  #ended = 0
  #awaited = 0
  #all: (() => void) | undefined

  /** What a station has run to its end. */
  note(station: number): void {
    this.shares[station] = (this.shares[station] ?? 0) + 1
    this.#ended++
    if (this.#ended >= this.#awaited) this.#all?.()
  }

  /** Resolves when so many more have ended since the call before. */
  async until(more: number): Promise<void> {
    this.#awaited += more
    if (this.#ended >= this.#awaited) return
    await new Promise<void>((resolve) => {
      this.#all = resolve
    })
  }

  forget(): void {
    this.shares.fill(0)
  }
}

async function startStations(kind: (typeof storeKinds)[number]): Promise<{ first: Stellwerk; stations: Stations }> {
  const database = await openLiveDatabase(kind)
  onTestFinished(() => database.close())
  const stations = new Stations()
  const opened: Stellwerk[] = []
  for (const at of [0, 1, 2]) {
    const stellwerk = await openStellwerk({ ...database.address, log: silentLog, jobs: [noop, pause] })
    onTestFinished(() => stellwerk.close())
    opened.push(stellwerk)
    const stateDir = join(database.folder, 'state')
    await stellwerk.work({
      stateDir,
      concurrency: 30,
      onEvent: ({ kind: what }) => what === 'ended' && stations.note(at),
    })
  }
  const [first] = opened
  if (first === undefined) throw new Error('no station was started')
  return { first, stations }
}

async function trickle(first: Stellwerk, stations: Stations): Promise<void> {
  await first.dispatch(noop, undefined)
  await stations.until(1)
}

function expectFair({ shares }: Stations): void {
  expect(Math.max(...shares), `shares ${shares.join(', ')}`).toBeLessThanOrEqual(2 * Math.min(...shares))
}

describe.each(['sqlite', 'postgres'] as const)('%s', (kind) => {
  test('of single jobs, and of small bursts, no idle station gets more than twice as much as another', async () => {
    const { first, stations } = await startStations(kind)
    const startedMs = monotonicMs()
    while (monotonicMs() - startedMs < acquaintMs) await trickle(first, stations)
    stations.forget()
    for (let job = 0; job < 240; job++) await trickle(first, stations)
    expectFair(stations)
    for (const ms of [0, 100]) {
      stations.forget()
      for (let burst = 0; burst < 5; burst++) {
        await first.dispatchMany(Array.from({ length: 30 }, () => pause.with({ ms })))
        await stations.until(30)
      }
      expectFair(stations)
    }
  })
})
