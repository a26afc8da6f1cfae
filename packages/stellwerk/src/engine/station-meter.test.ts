import { expect, test } from 'vitest'
import type { MinuteMetric } from '../domain/metrics/minute-metric.ts'
import type { WonRun } from '../domain/metrics/won-run.ts'
import { StationMeter } from './station-meter.ts'

const MINUTE = 60_000
const won: WonRun = {
  ...{ queue: 'q', type: 't', outcome: 'completed', startedAt: 0, waitMs: 1, runMs: 2 },
  ...{ cpuMs: null, memoryBytes: null, memoryPeakBytes: null },
}

/** A store that keeps minute rows, and whose clock stands still. */
function rowStore() {
  const state = { now: 10 * MINUTE, rows: [] as readonly MinuteMetric[] }
  const store = {
    now: async () => state.now,
    minutes: async ({ from, to }: { readonly from: number; readonly to: number }) =>
      state.rows.filter(({ minute }) => from <= minute && minute < to),
  }
  return { state, meter: new StationMeter(store) }
}

test('a meter in doubt goes on from what the store holds of its station', async () => {
  const { state, meter } = rowStore()
  const staged = meter.of('a').stage([won, won], state.now)
  state.rows = [...staged, ...staged.map((row) => ({ ...row, stationId: 'b', count: 70 }))]
  meter.doubt()
  await meter.settle('a')
  expect(meter.of('a').stage([won], state.now)).toMatchObject([{ minute: 10 * MINUTE, count: 3 }])
})

test('what the store does not hold was not written', async () => {
  const { state, meter } = rowStore()
  meter.of('a').stage([won, won], state.now)
  meter.doubt()
  await meter.settle('a')
  expect(meter.of('a').stage([won], state.now)).toMatchObject([{ count: 1 }])
})

test('a minute that a clock which stepped back has left ahead is found again', async () => {
  const { state, meter } = rowStore()
  state.rows = meter.of('a').stage([won, won], state.now)
  meter.of('a').commit()
  state.now -= 5 * MINUTE
  meter.doubt()
  await meter.settle('a')
  expect(meter.of('a').stage([won], state.now)).toMatchObject([{ minute: 10 * MINUTE, count: 3 }])
})
