import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DDSketch } from './ddsketch.ts'
import { MinuteMeter } from './minute-meter.ts'
import type { WonRun } from './won-run.ts'

const MINUTE = 60_000

function won(change: Partial<WonRun> = {}): WonRun {
  const facts = { startedAt: 0, waitMs: 10, runMs: 100, cpuMs: 5, memoryBytes: null, memoryPeakBytes: null }
  return { ...facts, queue: 'q', type: 't', outcome: 'completed', ...change }
}

test('a row holds the totals of its key', () => {
  const rows = new MinuteMeter('s').stage(
    [
      won(),
      won({ waitMs: 30, runMs: 300.4, cpuMs: null, memoryBytes: 7, memoryPeakBytes: 9 }),
      won({ outcome: 'failed' }),
    ],
    3 * MINUTE + 17,
  )
  expect(rows.map((row) => [row.outcome, row.count])).toEqual([
    ['completed', 2],
    ['failed', 1],
  ])
  expect(rows[0]).toMatchObject({
    minute: 3 * MINUTE,
    stationId: 's',
    queue: 'q',
    type: 't',
    waitSumMs: 40,
    waitMaxMs: 30,
    runSumMs: 400,
    runMaxMs: 300,
    cpuSumMs: 5,
    memoryMaxBytes: 9,
  })
  expect(DDSketch.decode(rows[0]?.runSketch ?? new Uint8Array()).count).toBe(2)
})

test('rows are cumulative over commits, and only for the keys that a flush touches', () => {
  const meter = new MinuteMeter('s')
  meter.stage([won(), won({ type: 'u' })], 0)
  meter.commit()
  const rows = meter.stage([won()], MINUTE - 1)
  expect(rows.map((row) => [row.type, row.count])).toEqual([['t', 2]])
})

test('a rolled-back flush leaves nothing, nor does one that is staged again', () => {
  const meter = new MinuteMeter('s')
  meter.stage([won()], 0)
  meter.commit()
  meter.stage([won(), won()], 0)
  meter.rollback()
  meter.commit()
  meter.stage([won()], 0)
  const [row] = meter.stage([won()], 0)
  expect(row).toMatchObject({ count: 2, waitSumMs: 20 })
  expect(DDSketch.decode(row?.waitSketch ?? new Uint8Array()).count).toBe(2)
})

test('a new minute starts at nothing once it is committed, and a rolled-back one does not end the old', () => {
  const meter = new MinuteMeter('s')
  meter.stage([won()], 0)
  meter.commit()
  expect(meter.stage([won()], MINUTE)[0]).toMatchObject({ minute: MINUTE, count: 1 })
  meter.rollback()
  expect(meter.stage([won()], 5)[0]).toMatchObject({ minute: 0, count: 2 })
  meter.stage([won()], MINUTE)
  meter.commit()
  expect(meter.stage([won()], MINUTE)[0]).toMatchObject({ minute: MINUTE, count: 2 })
})

test('a clock that steps back overwrites no row with less', () => {
  const meter = new MinuteMeter('s')
  meter.stage([won()], 5 * MINUTE)
  meter.commit()
  expect(meter.stage([won()], 2 * MINUTE)[0]).toMatchObject({ minute: 5 * MINUTE, count: 2 })
})

test('names cannot run into each other', () => {
  const rows = new MinuteMeter('s').stage([won({ queue: 'a', type: 'bc' }), won({ queue: 'ab', type: 'c' })], 0)
  expect(rows).toHaveLength(2)
})

test('runs of one type in two queues, however they alternate, are counted apart', () => {
  const rows = new MinuteMeter('s').stage(
    ['a', 'b', 'b', 'a', 'a'].map((queue) => won({ queue })),
    0,
  )
  expect(rows.map(({ queue, count }) => [queue, count])).toEqual([
    ['a', 3],
    ['b', 2],
  ])
})

test('after a commit in doubt the rows of the store are built on, as if they had been committed', () => {
  const writer = new MinuteMeter('s')
  const runs = [won({ memoryBytes: 7 }), won({ waitMs: 30, runMs: 300 }), won({ type: 'u' })]
  const stored = [...writer.stage([won()], 0), ...writer.stage(runs, MINUTE)]
  writer.commit()
  const next = [won({ waitMs: 20, runMs: 200 }), won({ type: 'u', outcome: 'failed' })]
  for (const committed of [0, MINUTE]) {
    const meter = new MinuteMeter('s')
    meter.stage([won()], committed)
    meter.commit()
    meter.stage([won(), won()], MINUTE)
    meter.load(stored.toReversed())
    meter.commit()
    const rows = meter.stage(next, MINUTE + 1)
    expect(rows).toEqual(writer.stage(next, MINUTE + 1))
    expect(rows[0]).toMatchObject({ count: 3, waitSumMs: 60, runSumMs: 600, memoryMaxBytes: 7 })
  }
})

test('where the store holds nothing, the meter starts at nothing', () => {
  const meter = new MinuteMeter('s')
  meter.stage([won(), won()], 0)
  meter.load([])
  meter.commit()
  expect(meter.stage([won()], 0)[0]).toMatchObject({ minute: 0, count: 1 })
})

test('where the store has lost the minute under way, it is counted anew and none before it brought back', () => {
  const meter = new MinuteMeter('s')
  const old = meter.stage([won(), won()], MINUTE)
  for (const rows of [old, []]) {
    meter.stage([won()], 5 * MINUTE)
    meter.commit()
    meter.load(rows)
    expect(meter.stage([won()], MINUTE)).toMatchObject([{ minute: 5 * MINUTE, count: 1 }])
  }
})

test('the last rows written add up to all runs committed, whatever was rolled back', () => {
  const flush = fc.record({
    types: fc.array(fc.constantFrom('t', 'u', 'v')),
    at: fc.nat({ max: 5 * MINUTE }),
    commits: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(flush), (flushes) => {
      const meter = new MinuteMeter('s')
      const table = new Map<string, number>()
      let expected = 0
      for (const { types, at, commits } of flushes) {
        const rows = meter.stage(
          types.map((type) => won({ type })),
          at,
        )
        if (!commits) {
          meter.rollback()
          continue
        }
        meter.commit()
        expected += types.length
        for (const row of rows) table.set(`${row.minute} ${row.type}`, row.count)
      }
      expect([...table.values()].reduce((sum, count) => sum + count, 0)).toBe(expected)
    }),
  )
})
