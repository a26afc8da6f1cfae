import { expect, test } from 'vitest'
import { DDSketch } from './ddsketch.ts'
import { emptyHour, type HourFigures, HourWindow } from './hour-window.ts'
import type { MetricOutcome, MetricRow } from './minute-metric.ts'

const noon = Date.UTC(2027, 0, 31, 12)
const minute = (index: number): number => noon + index * 60_000

function row(index: number, changes: Partial<MetricRow> & { readonly waits?: readonly number[] } = {}): MetricRow {
  const { waits = [10], ...rest } = changes
  const wait = new DDSketch()
  for (const ms of waits) wait.add(ms)
  const outcome: MetricOutcome = 'completed'
  return {
    minute: minute(index),
    queue: 'mail',
    type: 'send',
    outcome,
    count: waits.length,
    waitSumMs: waits.reduce((sum, ms) => sum + ms, 0),
    waitMaxMs: Math.max(...waits),
    runSumMs: 0,
    runMaxMs: 0,
    cpuSumMs: 0,
    memoryMaxBytes: 0,
    waitSketch: wait.encode(),
    runSketch: wait.encode(),
    ...rest,
  }
}

test('the minute under way is the last of sixty, and what is older than the first is not shown', () => {
  const window = new HourWindow()
  window.replaceFrom(minute(-120), [row(-60), row(-59), row(0), row(0, { outcome: 'failed' })], minute(0) + 30_000)
  const { total } = window.figures(minute(0) + 30_000)
  expect(total.ended).toHaveLength(60)
  expect([total.ended[0], total.ended[58], total.ended[59]]).toEqual([1, 0, 2])
  expect(total.failed[59]).toBe(1)
  const later = window.figures(minute(1))
  expect([later.total.ended[0], later.total.ended[58], later.total.ended[59]]).toEqual([0, 2, 0])
})

test('what the hour has left behind is in no average, no quantile and no pace of it either', () => {
  const window = new HourWindow()
  window.replaceFrom(minute(-60), [row(-59, { waits: [5_000] }), row(0)], minute(0))
  const { total } = window.figures(minute(1) + 10_000)
  expect(total).toMatchObject({ averageWaitMs: 10, p95WaitMs: 10 })
  expect(total.pace).toEqual({ ended: 1, failed: 0, overMs: 60_000 })
})

test('minutes older than the hour are forgotten, and not taken in, its first one is kept', () => {
  const window = new HourWindow()
  window.replaceFrom(minute(-60), [row(-59), row(-58)], minute(0))
  window.replaceFrom(minute(1), [], minute(1))
  expect(window.figures(minute(0)).total.ended.slice(0, 3)).toEqual([0, 1, 0])
  window.replaceFrom(minute(-60), [row(-59), row(-58)], minute(1))
  expect(window.figures(minute(0)).total.ended.slice(0, 3)).toEqual([0, 1, 0])
})

test('queues are told apart, and the total counts those that are asked for', () => {
  const window = new HourWindow()
  const rows = [row(-1), row(-1, { type: 'other' }), row(-1, { queue: 'slow', waits: [900, 900, 900] })]
  window.replaceFrom(minute(-60), rows, minute(0))
  const all = window.figures(minute(0))
  expect([...all.queues.keys()]).toEqual(['mail', 'slow'])
  expect(all.queues.get('mail')?.ended[58]).toBe(2)
  expect(all.total.ended[58]).toBe(5)
  expect(all.total.waitP95Ms[58]).toBe(900)
  expect(all.total.averageWaitMs).toBe((2 * 10 + 3 * 900) / 5)
  expect(window.figures(minute(0), ['mail']).total.ended[58]).toBe(2)
})

test('what is read again takes the place of what was known, also of what is gone', () => {
  const window = new HourWindow()
  window.replaceFrom(minute(-60), [row(-2), row(-1), row(0)], minute(0))
  window.replaceFrom(minute(-1), [row(0, { waits: [1, 2, 3] })], minute(0))
  const { ended } = window.figures(minute(0)).total
  expect([ended[57], ended[58], ended[59]]).toEqual([1, 0, 3])
  window.replaceFrom(minute(-1), [row(-2, { waits: [1, 2] }), row(-1)], minute(0))
  expect(window.figures(minute(0)).total.ended.slice(57)).toEqual([1, 1, 0])
})

test('lists have one figure for each minute of the hour, those without a run are 0', () => {
  const window = new HourWindow()
  window.replaceFrom(minute(-60), [row(-59, { outcome: 'failed' })], minute(0))
  const first = (figure: number): readonly number[] => [figure, ...Array.from({ length: 59 }, () => 0)]
  const { ended, failed, waitP95Ms } = window.figures(minute(0)).total
  expect({ ended, failed, waitP95Ms }).toEqual({ ended: first(1), failed: first(1), waitP95Ms: first(10) })
  expect(window.figures(minute(0), []).total).toEqual(emptyHour)
})

test('waits and runs of a queue are those of all its types and minutes', () => {
  const window = new HourWindow()
  const runs = (ms: number): Uint8Array => {
    const sketch = new DDSketch()
    sketch.add(ms)
    return sketch.encode()
  }
  const rows = [
    row(-2, { waits: [40], runMaxMs: 100, runSketch: runs(100) }),
    row(-2, { waits: [10], type: 'draft', runMaxMs: 900, runSketch: runs(900) }),
    row(-1, { waits: [10], runMaxMs: 30, runSketch: runs(30) }),
    row(-1, { waits: [500], queue: 'slow', runMaxMs: 20_000, runSketch: runs(20_000) }),
  ]
  window.replaceFrom(minute(-60), rows, minute(0))
  const { total, queues } = window.figures(minute(0))
  const shown = ({ averageWaitMs, ...hour }: HourFigures = emptyHour): readonly (number | null)[] => {
    const quantiles = [hour.p95WaitMs, hour.p95RunMs].map((ms) => Number(ms?.toPrecision(1)))
    return [averageWaitMs, ...quantiles]
  }
  // The part 0.95 of three values is the second of them, of four the third.
  expect(shown(queues.get('mail'))).toEqual([20, 10, 100])
  expect(shown(queues.get('slow'))).toEqual([500, 500, 20_000])
  expect(shown(total)).toEqual([140, 40, 900])
})

test('a pace is of the last five full minutes', () => {
  const window = new HourWindow()
  const rows = Array.from({ length: 20 }, (_, index) => row(-19 + index, { waits: [1, 1] }))
  window.replaceFrom(minute(-60), [...rows, row(-5, { outcome: 'retrying' })], minute(0) + 59_999)
  expect(window.figures(minute(0) + 59_999).total.pace).toEqual({ ended: 11, failed: 1, overMs: 300_000 })
})

test('where figures began a short while ago, a pace is of the time since then', () => {
  const window = new HourWindow()
  expect(window.figures(minute(0)).total.pace).toEqual({ ended: 0, failed: 0, overMs: 300_000 })
  window.replaceFrom(minute(-60), [row(-1, { queue: 'slow' }), row(0, { waits: [1, 1] })], minute(0) + 30_000)
  expect(window.figures(minute(0) + 30_000).total.pace).toEqual({ ended: 1, failed: 0, overMs: 60_000 })
  expect(window.figures(minute(0) + 30_000).queues.get('mail')?.pace).toEqual({ ended: 0, failed: 0, overMs: 60_000 })
  const first = new HourWindow()
  first.replaceFrom(minute(-60), [row(0, { waits: [1, 1] })], minute(0) + 29_999)
  expect(first.figures(minute(0) + 29_999).total.pace).toEqual({ ended: 2, failed: 0, overMs: 30_000 })
})
