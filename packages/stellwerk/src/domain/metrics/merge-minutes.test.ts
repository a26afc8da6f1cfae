import { expect, test } from 'vitest'
import { mergeMinutes } from './merge-minutes.ts'
import { MinuteMeter } from './minute-meter.ts'
import type { WonRun } from './won-run.ts'

function runs(times: readonly number[], type = 't'): WonRun[] {
  const rest = {
    startedAt: 0,
    cpuMs: 1,
    memoryBytes: 5,
    memoryPeakBytes: null,
    queue: 'q',
    outcome: 'completed',
  } as const
  return times.map((runMs) => ({ ...rest, type, runMs, waitMs: runMs / 10 }))
}

test('the rows of two stations become one, with exact averages and maxima and quantiles within 1 %', () => {
  const times = Array.from({ length: 1000 }, (_, at) => at + 1)
  const odd = new MinuteMeter('a').stage(runs(times.filter((ms) => ms % 2 === 1)), 60_000)
  const even = new MinuteMeter('b').stage(runs(times.filter((ms) => ms % 2 === 0)), 61_000)
  const [row, ...others] = mergeMinutes([...odd, ...even])
  expect(others).toEqual([])
  expect(row).toMatchObject({
    minute: 60_000,
    queue: 'q',
    type: 't',
    outcome: 'completed',
    count: 1000,
    cpuSumMs: 1000,
    memoryMaxBytes: 5,
  })
  expect(row?.run).toMatchObject({ averageMs: 500.5, maxMs: 1000 })
  expect(row?.run.p50Ms).toBeGreaterThan(494)
  expect(row?.run.p50Ms).toBeLessThan(506)
  expect(row?.run.p99Ms).toBeGreaterThan(979)
  expect(row?.wait.maxMs).toBe(100)
})

test('whichever station comes first, its runs and those of the others weigh the same', () => {
  const quick = new MinuteMeter('a').stage(runs([10, 10, 10, 10, 10]), 0)
  const slow = new MinuteMeter('b').stage(runs([1000]), 0)
  for (const rows of [
    [...quick, ...slow],
    [...slow, ...quick],
  ]) {
    const [row] = mergeMinutes(rows)
    expect(row?.wait).toMatchObject({ averageMs: 105 / 6, maxMs: 100 })
    expect([row?.wait.p50Ms, row?.run.p50Ms].map((ms) => Math.round(ms ?? 0))).toEqual([1, 10])
    expect(row?.run.maxMs).toBe(1000)
  }
  const [row] = mergeMinutes([...slow, ...new MinuteMeter('c').stage(runs([1000, 1000]), 0), ...quick.slice(1)])
  expect(row?.run.p50Ms).toBeGreaterThan(990)
})

test('no quantile exceeds the maximum', () => {
  const [row] = mergeMinutes(new MinuteMeter('a').stage(runs([1000]), 0))
  expect(row?.run.p99Ms).toBeLessThanOrEqual(1000)
})

test('minutes and types stay apart, in the order of time, and can be merged into hours', () => {
  const meter = new MinuteMeter('a')
  const rows = [
    ...meter.stage(runs([1], 'u'), 7_200_000),
    ...meter.stage(runs([1, 2]), 60_000),
    ...meter.stage(runs([3]), 120_000),
  ]
  expect(mergeMinutes(rows).map(({ minute, type, count }) => [minute, type, count])).toEqual([
    [60_000, 't', 2],
    [120_000, 't', 1],
    [7_200_000, 'u', 1],
  ])
  expect(mergeMinutes(rows, 3_600_000).map(({ minute, count }) => [minute, count])).toEqual([
    [0, 3],
    [7_200_000, 1],
  ])
  expect(mergeMinutes([])).toEqual([])
})
