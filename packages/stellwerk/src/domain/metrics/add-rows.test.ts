import { expect, test } from 'vitest'
import { addBySpan, addRows } from './add-rows.ts'
import { DDSketch } from './ddsketch.ts'
import type { MetricRow } from './minute-metric.ts'

function sketch(...values: readonly number[]): Uint8Array {
  const all = new DDSketch()
  for (const value of values) all.add(value)
  return all.encode()
}

const key = { minute: 60_000, queue: 'mail', type: 'send', outcome: 'completed' } as const
const one: MetricRow = {
  ...key,
  count: 2,
  waitSumMs: 30,
  waitMaxMs: 20,
  runSumMs: 300,
  runMaxMs: 200,
  cpuSumMs: 7,
  memoryMaxBytes: 4_096,
  waitSketch: sketch(10, 20),
  runSketch: sketch(100, 200),
}
const other: MetricRow = {
  ...key,
  count: 1,
  waitSumMs: 50,
  waitMaxMs: 50,
  runSumMs: 150,
  runMaxMs: 150,
  cpuSumMs: 5,
  memoryMaxBytes: 8_192,
  waitSketch: sketch(50),
  runSketch: sketch(150),
}

test('counts and sums are added, maxima taken and sketches merged, in either order', () => {
  const both = {
    ...key,
    minute: 0,
    count: 3,
    waitSumMs: 80,
    waitMaxMs: 50,
    runSumMs: 450,
    runMaxMs: 200,
    cpuSumMs: 12,
    memoryMaxBytes: 8_192,
    waitSketch: sketch(10, 20, 50),
    runSketch: sketch(100, 200, 150),
  }
  expect(addRows({ ...key, minute: 0 }, [one, other])).toEqual(both)
  expect(addRows({ ...key, minute: 0 }, [other, one])).toEqual(both)
})

test('each span, queue, type and outcome is added up for itself, in the order in which it came first', () => {
  const rows: readonly MetricRow[] = [
    { ...one, minute: 3_600_000 },
    one,
    { ...one, queue: 'slow' },
    { ...one, type: 'draft' },
    { ...one, outcome: 'failed' },
    { ...other, minute: 3_599_999 },
  ]
  const spans = addBySpan(rows, 3_600_000)
  expect(spans.map(({ minute, queue, type, outcome, count }) => [minute, queue, type, outcome, count])).toEqual([
    [3_600_000, 'mail', 'send', 'completed', 2],
    [0, 'mail', 'send', 'completed', 3],
    [0, 'slow', 'send', 'completed', 2],
    [0, 'mail', 'draft', 'completed', 2],
    [0, 'mail', 'send', 'failed', 2],
  ])
})

test('nothing is added up to nothing', () => {
  expect(addBySpan([], 3_600_000)).toEqual([])
})
