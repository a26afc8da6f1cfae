import { expect } from 'vitest'
import type { BeatReport, StationPool } from '../worker-store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'
import { startStation } from './store-steps.ts'

/** A worker as a station reports it, with what a test changes. */
export function newReport(changes: Partial<BeatReport> = {}): BeatReport {
  return {
    id: 'w_00000000000000a1',
    stationId: 'station-a',
    pool: 'default',
    kind: 'process',
    pid: 4_711,
    status: 'active',
    queues: ['*'],
    types: null,
    concurrency: 10,
    startedAt: 1_000,
    restarts: 1,
    lastExit: { at: 900, code: 12, signal: null, reason: 'memory: 520 MB of 512 MB' },
    jobsDone: 7,
    jobsFailed: 2,
    running: [{ id: 17, type: 'send', queue: 'mail', startedAt: 1_500 }],
    runningCount: 1,
    memoryBytes: 60_000_000,
    memoryLimitBytes: 512_000_000,
    memoryHistory: [50_000_000, 60_000_000],
    cpuPercent: 12.5,
    bytesIn: 10,
    bytesOut: 20,
    loopLagMs: 1.5,
    throughputPerMinute: 3,
    meanRunMs: 250,
    errorRatio: 0.25,
    version: '1.2.3',
    ...changes,
  }
}

const pools: readonly StationPool[] = [
  { name: 'default', kind: 'process', queues: ['*'], processes: 2, min: 0, max: 4 },
]

const cases: StoreCases = {
  'a worker is on record with all that its station said, and when that was': async (opened) => {
    const { store } = opened
    await startStation(store)
    const report = newReport({ pool: `o'brien "\\ {x,y} ☃` })
    await store.workers.beat({ stationId: 'station-a', reports: [report], pools })
    const beatAt = await store.metrics.now()
    const found = await store.workers.list()
    expect(found).toEqual({ workers: [{ ...report, beatAt }], pools: [{ stationId: 'station-a', pools }] })
    await opened.advance(2_000)
    await store.workers.beat({ stationId: 'station-a', reports: [{ ...report, status: 'idle' }], pools })
    expect((await store.workers.list()).workers).toMatchObject([{ status: 'idle', beatAt: beatAt + 2_000 }])
  },

  'what a station no longer reports is gone, and the workers of others stay': async ({ store }) => {
    await startStation(store)
    await startStation(store, { id: 'station-b' })
    const [one, two] = [newReport({ id: 'w_1', startedAt: 2 }), newReport({ id: 'w_2', startedAt: 1 })]
    await store.workers.beat({ stationId: 'station-a', reports: [one, two], pools })
    await store.workers.beat({ stationId: 'station-b', reports: [newReport({ id: 'w_3', startedAt: 3 })], pools: [] })
    expect((await store.workers.list()).workers.map(({ id }) => id)).toEqual(['w_2', 'w_1', 'w_3'])
    await store.workers.beat({ stationId: 'station-a', reports: [two], pools })
    expect((await store.workers.list()).workers.map(({ id }) => id)).toEqual(['w_2', 'w_3'])
    await store.workers.beat({ stationId: 'station-a', reports: [], pools })
    expect((await store.workers.list()).workers.map(({ id }) => id)).toEqual(['w_3'])
  },

  'pools are announced anew when they change': async ({ store }) => {
    await startStation(store)
    await store.workers.beat({ stationId: 'station-a', reports: [], pools })
    const scaled = pools.map((pool) => ({ ...pool, processes: 4 }))
    await store.workers.beat({ stationId: 'station-a', reports: [], pools: scaled })
    expect((await store.workers.list()).pools).toEqual([{ stationId: 'station-a', pools: scaled }])
  },

  'workers stay as long as their station is on record, and go with it': async (opened) => {
    const { store } = opened
    await startStation(store)
    await store.workers.beat({ stationId: 'station-a', reports: [newReport()], pools })
    await store.stations.retire('station-a')
    expect(await store.workers.prune()).toBe(0)
    await opened.advance(86_400_001)
    expect(await store.stations.prune(86_400_000)).toBe(1)
    expect(await store.workers.prune()).toBe(1)
    expect(await store.workers.list()).toEqual({ workers: [], pools: [] })
  },

  'two hundred workers beat in one call': async ({ store }) => {
    await startStation(store)
    const reports = Array.from({ length: 200 }, (_, n) => newReport({ id: `w_${n}` }))
    await store.workers.beat({ stationId: 'station-a', reports, pools })
    await store.workers.beat({ stationId: 'station-a', reports, pools })
    expect((await store.workers.list()).workers).toHaveLength(200)
  },
}

/** What {@link WorkerStore} promises. */
export function workersSuite(harness: StoreHarness): void {
  registerCases('workers', harness, cases)
}
