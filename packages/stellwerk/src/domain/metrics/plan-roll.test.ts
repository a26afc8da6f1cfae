import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addBySpan, addRows, metricKey } from './add-rows.ts'
import { DDSketch } from './ddsketch.ts'
import { DAY_MS, HOUR_MS, tierFor, tierStart } from './metric-tier.ts'
import type { MetricRow } from './minute-metric.ts'
import { type MarkedRow, planDays, planRoll } from './plan-roll.ts'

const start = Date.UTC(2026, 10, 22, 10)

function row(minute: number, values: readonly number[], changes: Partial<MarkedRow> = {}): MarkedRow {
  const sketch = new DDSketch()
  for (const value of values) sketch.add(value)
  const sum = values.reduce((total, value) => total + value, 0)
  const max = Math.max(0, ...values)
  const bytes = sketch.encode()
  const figures = { waitSumMs: sum, waitMaxMs: max, runSumMs: sum, runMaxMs: max, waitSketch: bytes, runSketch: bytes }
  const key = { minute, queue: 'mail', type: 'send', outcome: 'completed' as const }
  return { ...key, ...figures, count: values.length, cpuSumMs: 1, memoryMaxBytes: max, rolled: 0, ...changes }
}

const counts = (rows: readonly MetricRow[]) => rows.map(({ minute, count }) => [minute, count])

test('rows of one span become one, whatever their order, and no other is touched', () => {
  const minutes = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.array(fc.nat(5_000), { minLength: 1 })), {
    minLength: 1,
    maxLength: 20,
  })
  fc.assert(
    fc.property(minutes, (drawn) => {
      const rows = drawn.map(([index, values]) => row(start + index * 60_000, values))
      const forward = new Map(addBySpan(rows, HOUR_MS).map((each) => [metricKey(each), each]))
      const backward = new Map(addBySpan(rows.toReversed(), HOUR_MS).map((each) => [metricKey(each), each]))
      expect(forward).toEqual(new Map([...forward.keys()].map((key) => [key, backward.get(key)])))
      const total = [...forward.values()].reduce((sum, each) => sum + each.count, 0)
      expect(total).toBe(drawn.reduce((sum, [, values]) => sum + values.length, 0))
    }),
  )
})

test('quantiles of an hour are those of all its values, within 1 %', () => {
  const values = Array.from({ length: 600 }, (_, index) => (index + 1) ** 2)
  const rows = Array.from({ length: 60 }, (_, minute) =>
    row(start + minute * 60_000, values.slice(minute * 10, minute * 10 + 10)),
  )
  const [hour] = addBySpan(rows, HOUR_MS)
  const sketch = DDSketch.decode(hour?.runSketch ?? new Uint8Array())
  expect(sketch.count).toBe(600)
  for (const q of [0.5, 0.95, 0.99]) {
    const exact = values[Math.floor(q * 599)] ?? 0
    expect(Math.abs(sketch.quantile(q) - exact) / exact).toBeLessThan(0.011)
  }
})

test('minutes are added to what their hour holds, and an hour that is part of its day has the day added up anew', () => {
  const hours = [row(start, [1, 2], { rolled: 1 }), row(start + HOUR_MS, [3])]
  const minutes = [row(start, [4]), row(start + HOUR_MS, [5]), row(start + 2 * HOUR_MS, [6])]
  const plan = planRoll({ minutes, hours })
  expect(plan.hours.map(({ minute, count, rolled }) => [minute, count, rolled])).toEqual([
    [start, 3, 1],
    [start + HOUR_MS, 2, 0],
    [start + 2 * HOUR_MS, 1, 0],
  ])
  expect(plan.days.map(({ minute }) => minute)).toEqual([Date.UTC(2026, 10, 22)])
})

test('a day is left alone while none of its hours that change is part of it', () => {
  const hours = [row(start, [1], { rolled: 0 }), row(start + DAY_MS, [1], { rolled: 1 })]
  const plan = planRoll({ minutes: [row(start, [2]), row(start + DAY_MS, [2])], hours })
  expect(plan.days).toEqual([{ minute: Date.UTC(2026, 10, 23), queue: 'mail', type: 'send', outcome: 'completed' }])
})

test('an hour with a minute that was replaced is added up from its minutes alone', () => {
  const hours = [row(start, [1, 1, 1, 1])]
  const minutes = [row(start, [1, 1, 1], { rolled: 2 }), row(start + 60_000, [1, 1], { rolled: 1 })]
  expect(counts(planRoll({ minutes, hours }).hours)).toEqual([[start, 5]])
})

test('hours are added to their UTC day, and days without a new hour are not written', () => {
  const day = tierStart('day', start)
  const days = [row(day - DAY_MS, [1]), row(day, [2, 2])]
  expect(counts(planDays([row(start, [1]), row(start + DAY_MS, [1])], days))).toEqual([
    [day, 3],
    [day + DAY_MS, 1],
  ])
})

test('nothing added up counts nothing', () => {
  const key = { minute: start, queue: 'mail', type: 'send', outcome: 'failed' as const }
  expect(addRows(key, [])).toMatchObject({ ...key, count: 0, runMaxMs: 0 })
})

test('the tier follows the length of the time', () => {
  expect([HOUR_MS, 3 * HOUR_MS, 3 * HOUR_MS + 1, 7 * DAY_MS, 30 * DAY_MS].map(tierFor)).toEqual([
    'minute',
    'minute',
    'hour',
    'hour',
    'day',
  ])
})
