import { expect, test } from 'vitest'
import { newStation, openTestStore } from '../../test/temporary-store.ts'
import { trustedActor } from '../domain/actor.ts'
import { DDSketch } from '../domain/metrics/ddsketch.ts'
import type { MinuteMetric } from '../domain/metrics/minute-metric.ts'
import { silentLog } from '../std/log.ts'
import type { Store } from '../storage/store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { type MetricsFilter, readMetrics } from './read-metrics.ts'

const hourMs = 3_600_000
const day = Date.UTC(2026, 10, 22)
const now = day + 20 * hourMs + 30_000

function minute(at: number, runs: readonly number[], stationId = 'station-a'): MinuteMetric {
  const sketch = new DDSketch()
  for (const run of runs) sketch.add(run)
  const sum = runs.reduce((total, run) => total + run, 0)
  const max = Math.max(...runs)
  const times = { waitSumMs: sum, waitMaxMs: max, runSumMs: sum, runMaxMs: max, cpuSumMs: 0, memoryMaxBytes: 0 }
  const key = { minute: at, stationId, queue: 'mail', type: 'send', outcome: 'completed' as const }
  return { ...key, ...times, count: runs.length, waitSketch: sketch.encode(), runSketch: sketch.encode() }
}

async function openMeasured(): Promise<{
  store: Store
  deps: OperationDeps
  write: (...rows: MinuteMetric[]) => Promise<void>
}> {
  const store = await openTestStore({ clock: () => now })
  await store.stations.register(newStation())
  const write = async (...rows: MinuteMetric[]) => {
    await store.outcomes.settle({ stationId: 'station-a', outcomes: [], logs: [], metrics: () => rows })
  }
  return { store, write, deps: { store, log: silentLog, actor: trustedActor('application', 'test') } }
}

const countsOf = async (deps: OperationDeps, filter: MetricsFilter) =>
  (await readMetrics(deps, filter)).map((row) => [(row.minute - day) / hourMs, row.count])

test('without a word it is the last hour by minute, the one under way included', async () => {
  const { deps, write } = await openMeasured()
  await write(minute(day + 19 * hourMs, [1]), minute(day + 19.5 * hourMs, [1, 2]), minute(day + 20 * hourMs, [3]))
  expect(await countsOf(deps, {})).toEqual([
    [19, 1],
    [19.5, 2],
    [20, 1],
  ])
})

test('hours and days are whole, rolled or not, and a long time is shown by day', async () => {
  const { store, deps, write } = await openMeasured()
  await write(minute(day + hourMs, [10, 20]), minute(day + 2.5 * hourMs, [30]), minute(day + 20 * hourMs, [40]))
  for (const rolled of [false, true]) {
    if (rolled) await store.rollup.rollMinutes(100)
    if (rolled) await store.rollup.rollHours(100)
    const range = { from: day + 1.9 * hourMs, to: now }
    expect(await countsOf(deps, { ...range, by: 'hour' })).toEqual([
      [1, 2],
      [2, 1],
      [20, 1],
    ])
    expect(await countsOf(deps, { ...range, by: 'day' })).toEqual([[0, 4]])
    expect(await countsOf(deps, { from: day - 30 * 24 * hourMs, to: now })).toEqual([[0, 4]])
  }
  const [whole] = await readMetrics(deps, { from: day, to: now, by: 'day' })
  expect(whole?.run).toMatchObject({ averageMs: 25, maxMs: 40 })
})

test('a minute replaced after it was rolled into hour and day is counted as it stands', async () => {
  const { store, deps, write } = await openMeasured()
  await write(
    minute(day + hourMs, [1, 1]),
    minute(day + hourMs + 60_000, [1], 'station-b'),
    minute(day + 5 * hourMs, [1]),
  )
  await store.rollup.rollMinutes(100)
  await store.rollup.rollHours(100)
  await write(minute(day + hourMs, [1, 1, 9]))
  const range = { from: day, to: now }
  for (const rolledAgain of [false, true]) {
    if (rolledAgain) await store.rollup.rollMinutes(100)
    expect(await countsOf(deps, { ...range, by: 'hour' })).toEqual([
      [1, 4],
      [5, 1],
    ])
    expect(await countsOf(deps, { ...range, by: 'day' })).toEqual([[0, 5]])
  }
  const [whole] = await readMetrics(deps, { ...range, by: 'day' })
  expect(whole?.run.maxMs).toBe(9)
})

test('a length that is none is refused', async () => {
  const { deps } = await openMeasured()
  await expect(readMetrics(deps, { by: 'week' as never })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
})
