import { expect, test } from 'vitest'
import { DDSketch } from './ddsketch.ts'
import type { MetricOutcome, MetricRow } from './minute-metric.ts'
import { type RunTotal, RunTotals } from './run-totals.ts'

function row(outcome: MetricOutcome, runs: readonly number[], changes: Partial<MetricRow> = {}): MetricRow {
  const [wait, run] = [new DDSketch(), new DDSketch()]
  for (const ms of runs) {
    wait.add(ms / 10)
    run.add(ms)
  }
  const sumMs = runs.reduce((sum, ms) => sum + ms, 0)
  return {
    ...{ minute: 0, queue: 'mail', type: 'send', outcome, count: runs.length, cpuSumMs: 0, memoryMaxBytes: 0 },
    ...{ waitSumMs: sumMs / 10, waitMaxMs: Math.max(...runs) / 10, runSumMs: sumMs, runMaxMs: Math.max(...runs) },
    ...{ waitSketch: wait.encode(), runSketch: run.encode() },
    ...changes,
  }
}

/** Sketches by what they count and by their largest value, as exact as they are: to two digits. */
function shown({ wait, run, ...total }: RunTotal): unknown {
  const largest = (sketch: DDSketch): number => Number(sketch.quantile(1).toPrecision(2))
  return { ...total, wait: [wait.count, largest(wait)], run: [run.count, largest(run)] }
}

test('closed minutes and open ones are counted together, by outcome', () => {
  const totals = new RunTotals()
  totals.addClosed([row('completed', [100, 200]), row('failed', [50])])
  totals.addClosed([row('completed', [100])])
  expect(totals.with([row('retrying', [300]), row('completed', [50])]).map(shown)).toEqual([
    {
      queue: 'mail',
      type: 'send',
      ended: { completed: 4, retrying: 1, failed: 1 },
      waitSumMs: 80,
      runSumMs: 800,
      wait: [6, 30],
      run: [6, 300],
    },
  ])
})

test('open minutes count for one look alone: the next one counts them anew', () => {
  const totals = new RunTotals()
  totals.addClosed([row('completed', [100])])
  const before = totals.with([row('failed', [300])])
  expect(totals.with([row('failed', [300])]).map(shown)).toEqual(before.map(shown))
  expect(totals.with([]).map(shown)).toMatchObject([
    { ended: { completed: 1, retrying: 0, failed: 0 }, waitSumMs: 10, runSumMs: 100, wait: [1, 10], run: [1, 100] },
  ])
})

test('totals come by queue, then type, in whatever order their rows came', () => {
  const rows = [
    row('completed', [1], { queue: 'slow', type: 'draft' }),
    row('completed', [1]),
    row('completed', [1], { queue: 'mail', type: 'draft' }),
  ]
  const totals = new RunTotals()
  totals.addClosed(rows.slice(0, 2))
  const names = (all: readonly RunTotal[]): readonly string[] => all.map(({ queue, type }) => `${queue}/${type}`)
  const sorted = ['mail/draft', 'mail/send', 'slow/draft']
  expect(names(totals.with(rows.slice(2)))).toEqual(sorted)
  expect(names(new RunTotals().with(rows.toReversed()))).toEqual(sorted)
})

test('names cannot run into each other', () => {
  const rows = [row('completed', [1], { queue: 'a', type: 'bc' }), row('completed', [1], { queue: 'ab', type: 'c' })]
  expect(new RunTotals().with(rows)).toHaveLength(2)
})

test('where nothing was added there are no totals', () => {
  expect(new RunTotals().with([])).toEqual([])
})
