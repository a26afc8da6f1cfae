import { expect, test } from 'vitest'
import { DDSketch } from '../domain/metrics/ddsketch.ts'
import type { MinuteMetric } from '../domain/metrics/minute-metric.ts'
import { minuteRow as anyRow } from '../storage/conformance/minute-rows.ts'
import { TotalsReader } from './totals-reader.ts'

const noon = Date.UTC(2027, 0, 31, 12)
const minute = (index: number): number => noon + index * 60_000

const noSketch = new DDSketch().encode()
const minuteRow = (changes: Partial<MinuteMetric>): MinuteMetric => ({
  ...anyRow(changes),
  waitSketch: noSketch,
  runSketch: noSketch,
})

function tellingTime(rows: MinuteMetric[]) {
  const asked: number[] = []
  const clock = { now: minute(0) }
  const metrics = {
    now: async () => clock.now,
    minutes: async ({ from, to }: { from: number; to: number }) => {
      asked.push(Math.round((clock.now - from) / 60_000))
      return rows.filter((row) => row.minute >= from && row.minute < to && row.minute <= clock.now)
    },
  }
  return { asked, clock, store: { metrics } }
}

const ended = (totals: Awaited<ReturnType<TotalsReader['read']>>): number =>
  totals.reduce((sum, total) => sum + total.ended.completed + total.ended.retrying + total.ended.failed, 0)

test('each run is counted once, though its minute is read while it is open and again when it is closed', async () => {
  const rows = [minuteRow({ minute: minute(-30), count: 5 }), minuteRow({ minute: minute(0), count: 1 })]
  const { clock, store, asked } = tellingTime(rows)
  const reader = new TotalsReader()
  expect(ended(await reader.read(store))).toBe(6)
  rows[1] = minuteRow({ minute: minute(0), count: 3 })
  for (let second = 15; second <= 600; second += 15) {
    clock.now = minute(0) + second * 1_000
    expect(ended(await reader.read(store))).toBe(8)
  }
  expect(Math.max(...asked.slice(1))).toBeLessThanOrEqual(3)
})

test('a total never goes down while somebody looks, and begins anew after a long while', async () => {
  const rows = Array.from({ length: 600 }, (_, index) => minuteRow({ minute: minute(index), count: 1 }))
  const { clock, store } = tellingTime(rows)
  const reader = new TotalsReader()
  let before = 0
  for (let index = 1; index < 120; index += 7) {
    clock.now = minute(index) + 59_000
    const now = ended(await reader.read(store))
    expect(now).toBe(index + 1)
    expect(now).toBeGreaterThan(before)
    before = now
  }
  clock.now = minute(599)
  expect(ended(await reader.read(store))).toBeLessThan(70)
})
