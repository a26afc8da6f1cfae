import { expect } from 'vitest'
import { DDSketch } from '../../domain/metrics/ddsketch.ts'
import { mergeMinutes } from '../../domain/metrics/merge-minutes.ts'
import { DAY_MS, HOUR_MS, tierStart } from '../../domain/metrics/metric-tier.ts'
import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'
import type { TierFilter } from '../rollup-store.ts'
import type { Store } from '../store.ts'
import { minuteRow } from './minute-rows.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import { claimJob, dispatchJob, startStation } from './store-steps.ts'

const minuteMs = 60_000
const always = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** A minute row that counts these running times. */
function measured(minute: number, runs: readonly number[], changes: Partial<MinuteMetric> = {}): MinuteMetric {
  const sketch = new DDSketch()
  for (const run of runs) sketch.add(run)
  const runSumMs = runs.reduce((sum, run) => sum + run, 0)
  const bytes = sketch.encode()
  const figures = { count: runs.length, runSumMs, runMaxMs: Math.max(...runs), waitSketch: bytes, runSketch: bytes }
  return minuteRow({ minute, ...figures, ...changes })
}

/** Writes minute rows as a station's flush does. */
async function flush(store: Store, ...rows: readonly MinuteMetric[]): Promise<void> {
  await dispatchJob(store)
  const outcomes = [completedOf(await claimJob(store))]
  await store.outcomes.settle({ stationId: 'station-a', outcomes, logs: [], metrics: () => rows })
}

async function rollAll(store: Store): Promise<void> {
  while ((await store.rollup.rollMinutes(7)) === 7);
  while ((await store.rollup.rollHours(7)) === 7);
}

/** Start and count of each row of a tier, finer rows added to theirs. */
async function shown(store: Store, tier: TierFilter['tier']): Promise<readonly (readonly number[])[]> {
  const rows = await store.rollup.tier({ ...always, tier })
  return mergeMinutes(rows, tier === 'day' ? DAY_MS : HOUR_MS).map(({ minute, count }) => [minute, count])
}

/** Start of an hour, six hours before now and well within a UTC day. */
async function earlyHour(opened: OpenedStore): Promise<number> {
  const now = await opened.store.metrics.now()
  await opened.advance(tierStart('day', now) + DAY_MS + 18 * HOUR_MS - now)
  await startStation(opened.store, { leaseMs: 10 * DAY_MS })
  return tierStart('hour', await opened.store.metrics.now()) - 6 * HOUR_MS
}

async function stored(opened: OpenedStore, table: 'hour_metric' | 'day_metric'): Promise<number> {
  const [row] = await opened.sql(`SELECT coalesce(sum(count), 0) AS n FROM ${table}`)
  return Number(row?.['n'])
}

const rolling: StoreCases = {
  'closed minutes of all stations go into their hour, and closed hours into their UTC day': async (opened) => {
    const { store } = opened
    const hour = await earlyHour(opened)
    await flush(store, measured(hour, [10, 20]), measured(hour, [30], { stationId: 'station-b' }))
    await flush(store, measured(hour + 5 * minuteMs, [40]), measured(hour + HOUR_MS, [50]))
    expect(await store.rollup.rollMinutes(100)).toBe(4)
    expect(await stored(opened, 'hour_metric')).toBe(5)
    expect(await store.rollup.rollHours(100)).toBe(2)
    expect(await stored(opened, 'day_metric')).toBe(5)
    expect(await shown(store, 'hour')).toEqual([
      [hour, 4],
      [hour + HOUR_MS, 1],
    ])
    const [day] = mergeMinutes(await store.rollup.tier({ ...always, tier: 'day' }), DAY_MS)
    expect(day).toMatchObject({ minute: tierStart('day', hour), count: 5 })
    expect(day?.run).toMatchObject({ averageMs: 30, maxMs: 50 })
    expect(Math.abs((day?.run.p50Ms ?? 0) - 30)).toBeLessThanOrEqual(0.3)
    expect(await store.rollup.recount(0)).toEqual([])
  },

  'rolling again, and by several at once, counts nothing twice': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    const hour = await earlyHour(opened)
    for (let minute = 0; minute < 40; minute += 1) await flush(store, measured(hour + minute * minuteMs, [1, 2]))
    await Promise.all([rollAll(store), rollAll(second), rollAll(store)])
    await rollAll(second)
    expect([await stored(opened, 'hour_metric'), await stored(opened, 'day_metric')]).toEqual([80, 80])
    expect(await store.rollup.rollMinutes(100)).toBe(0)
    expect(await store.rollup.rollHours(100)).toBe(0)
  },

  'queues, types and outcomes are kept apart, and chosen': async (opened) => {
    const { store } = opened
    const hour = await earlyHour(opened)
    const rows = [{}, { queue: 'slow' }, { type: 'other' }, { outcome: 'failed' as const }]
    await flush(store, ...rows.map((changes) => measured(hour, [1], changes)))
    await rollAll(store)
    for (const tier of ['hour', 'day'] as const) {
      const count = async (filter: object) => (await store.rollup.tier({ ...always, tier, ...filter })).length
      expect([await count({}), await count({ queue: 'mail' }), await count({ type: 'other' })]).toEqual([4, 3, 1])
      expect(await count({ queue: 'slow', type: 'other' })).toBe(0)
    }
  },

  'the minute and the hour under way are not rolled, and read all the same': async (opened) => {
    const { store } = opened
    const hour = (await earlyHour(opened)) + 6 * HOUR_MS
    await opened.advance(10 * minuteMs)
    await flush(store, measured(hour, [1]), measured(hour + 10 * minuteMs, [2]))
    await rollAll(store)
    expect([await stored(opened, 'hour_metric'), await stored(opened, 'day_metric')]).toEqual([1, 0])
    expect(await shown(store, 'hour')).toEqual([[hour, 2]])
    expect(await shown(store, 'day')).toEqual([[tierStart('day', hour), 2]])
  },

  'a minute that appears after its hour and day were rolled counts once, before and after the next pass': async (
    opened,
  ) => {
    const { store } = opened
    const hour = await earlyHour(opened)
    await flush(store, measured(hour, [1, 1]))
    await rollAll(store)
    await flush(store, measured(hour, [1], { stationId: 'settled-late' }))
    for (const round of ['before', 'after']) {
      expect(await shown(store, 'hour'), round).toEqual([[hour, 3]])
      expect(await shown(store, 'day'), round).toEqual([[tierStart('day', hour), 3]])
      await rollAll(store)
    }
    expect([await stored(opened, 'hour_metric'), await stored(opened, 'day_metric')]).toEqual([3, 3])
    expect(await store.rollup.recount(0)).toEqual([])
  },

  'a minute that is replaced after it was rolled is known as such, and counts once with the next pass': async (
    opened,
  ) => {
    const { store } = opened
    const hour = await earlyHour(opened)
    await flush(store, measured(hour, [1, 1]), measured(hour + minuteMs, [5]))
    await rollAll(store)
    await flush(store, measured(hour, [1, 1, 1]))
    const replaced = (await store.rollup.tier({ ...always, tier: 'day' })).filter(({ rolled }) => rolled === 2)
    expect(replaced.map(({ minute, count }) => [minute, count])).toEqual([[hour, 3]])
    await rollAll(store)
    expect([await stored(opened, 'hour_metric'), await stored(opened, 'day_metric')]).toEqual([4, 4])
    expect(await store.rollup.recount(0)).toEqual([])
  },

  'a roll that fails on its way leaves nothing, and the next one counts each row once': async (opened) => {
    const { store } = opened
    const hour = await earlyHour(opened)
    await flush(store, measured(hour, [1, 1]))
    await rollAll(store)
    await flush(store, measured(hour, [1], { stationId: 'settled-late' }), measured(hour + HOUR_MS, [1]))
    await opened.sql('ALTER TABLE day_metric RENAME TO day_away')
    await expect(store.rollup.rollMinutes(100)).rejects.toThrow()
    expect(await stored(opened, 'hour_metric')).toBe(2)
    await opened.sql('ALTER TABLE day_away RENAME TO day_metric')
    await rollAll(store)
    expect([await stored(opened, 'hour_metric'), await stored(opened, 'day_metric')]).toEqual([4, 4])
  },

  'at every moment of a random history each run is in hours and days once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    const hour = await earlyHour(opened)
    let state = 20_261
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % below
    }
    let runs = 0
    for (let round = 0; round < 25; round += 1) {
      const rows = Array.from({ length: 1 + random(4) }, (_, index) =>
        measured(hour + random(400) * minuteMs, [1 + random(50), 3], {
          stationId: `s${round}-${index}`,
          queue: `q${random(2)}`,
        }),
      )
      runs += 2 * rows.length
      await Promise.all([flush(store, ...rows), second.rollup.rollMinutes(1 + random(5))])
      await second.rollup.rollHours(random(3))
      await opened.advance(random(20) * minuteMs)
      for (const tier of ['hour', 'day'] as const) {
        const total = (await shown(store, tier)).reduce((sum, [, count = 0]) => sum + count, 0)
        expect(total, `${tier} in round ${round}`).toBe(runs)
      }
    }
    await opened.advance(DAY_MS)
    await rollAll(store)
    expect([await stored(opened, 'hour_metric'), await stored(opened, 'day_metric')]).toEqual([runs, runs])
    expect((await store.rollup.recount(0)).filter(({ rule }) => rule.includes('='))).toEqual([])
  },
}

const recounting: StoreCases = {
  'a counter that is off is found, with its place': async (opened) => {
    const { store } = opened
    const hour = await earlyHour(opened)
    await flush(store, measured(hour - HOUR_MS, [1]), measured(hour, [1, 2]))
    await rollAll(store)
    await flush(store, measured(tierStart('minute', await store.metrics.now()), [1, 1]))
    expect(await store.rollup.recount(0)).toEqual([])
    await opened.sql('UPDATE hour_metric SET count = count + 1 WHERE hour = $1', [hour])
    const key = { queue: 'mail', type: 'send', outcome: 'completed' }
    expect(await store.rollup.recount(0)).toEqual([
      { rule: 'hour = its minutes', at: hour, ...key, shown: 3, recounted: 2 },
    ])
    await opened.sql('UPDATE hour_metric SET count = count - 1 WHERE hour = $1', [hour])
    await flush(store)
    await flush(store)
    await flush(store)
    await flush(store)
    const missing = { rule: 'completed rows have their figures', at: tierStart('day', hour), ...key }
    expect(await store.rollup.recount(0)).toEqual([{ ...missing, shown: 5, recounted: 6 }])
  },
}

/** What {@link RollupStore} promises. */
export function rollupSuite(harness: StoreHarness): void {
  registerCases('roll-up', harness, { ...rolling, ...recounting })
}
