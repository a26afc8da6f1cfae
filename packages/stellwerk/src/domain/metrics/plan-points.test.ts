import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, metricTiers, tierMs, tierStart } from './metric-tier.ts'
import { planPoints } from './plan-points.ts'

const now = Date.UTC(2027, 0, 31, 12, 0, 30)

test('an hour by minute is sixty steps of one, the minute under way included', () => {
  const plan = planPoints({ from: now - HOUR_MS, to: now + 60_000, by: 'minute', now }, 360)
  expect(plan).toEqual({
    from: Date.UTC(2027, 0, 31, 11),
    to: Date.UTC(2027, 0, 31, 12, 1),
    by: 'minute',
    stepMs: 60_000,
  })
})

test('an hour of yesterday is answered as it is', () => {
  const from = now - DAY_MS - HOUR_MS
  const plan = planPoints({ from, to: from + HOUR_MS, by: 'minute', now }, 360)
  expect([plan.from <= from, plan.to >= from + HOUR_MS, plan.stepMs]).toEqual([true, true, 60_000])
})

test.each([
  ['minute', 720, 721, 1],
  ['minute', 720, 720, 2],
  ['minute', 720, 361, 2],
  ['minute', 720, 360, 5],
  ['minute', 720, 241, 5],
  ['minute', 720, 49, 15],
  ['minute', 720, 48, 30],
  ['minute', 720, 13, 60],
  ['minute', 720, 12, 66],
  ['minute', 720, 2, 720],
  ['hour', 168, 60, 3],
  ['hour', 168, 8, 24],
  ['day', 364, 60, 7],
  ['day', 364, 7, 61],
] as const)(
  'by %s, %d rows in at most %d points take steps of %d rows, such as people know',
  (...[by, rows, most, step]) => {
    const to = tierStart(by, now)
    const plan = planPoints({ from: to - rows * tierMs[by], to, by, now }, most)
    expect(plan.stepMs / tierMs[by]).toBe(step)
  },
)

test('a thousand years are cut to what one answer reads', () => {
  const year = 366 * DAY_MS
  const plan = planPoints({ from: now - 500 * year, to: now + 500 * year, by: 'day', now }, 360)
  expect(plan.to).toBeGreaterThan(now)
  expect(plan.to - now).toBeLessThan(15 * DAY_MS)
  expect((plan.to - plan.from) / plan.stepMs).toBeLessThanOrEqual(360)
})

test('what lies wholly in the future or in the far past is one short answer', () => {
  for (const at of [now + 900 * DAY_MS, now - 90_000 * DAY_MS]) {
    const plan = planPoints({ from: at, to: at + DAY_MS, by: 'minute', now }, 360)
    expect((plan.to - plan.from) / plan.stepMs).toBeLessThanOrEqual(360)
  }
})

test('whatever is asked for, the answer has whole steps and no more of them than allowed, within reach', () => {
  const instant = fc.oneof(fc.integer({ min: -1e14, max: 1e14 }), fc.integer({ min: now - DAY_MS, max: now + HOUR_MS }))
  const asked = fc.record({
    times: fc.tuple(instant, instant),
    by: fc.constantFrom(...metricTiers),
    most: fc.integer({ min: 2, max: 400 }),
  })
  fc.assert(
    fc.property(asked, ({ times, by, most }) => {
      const [from, to] = [Math.min(...times), Math.max(...times)]
      const plan = planPoints({ from, to, by, now }, most)
      expect(Math.abs(plan.from % plan.stepMs)).toBe(0)
      expect((plan.to - plan.from) % plan.stepMs).toBe(0)
      expect(plan.stepMs % tierMs[by]).toBe(0)
      expect((plan.to - plan.from) / plan.stepMs).toBeGreaterThanOrEqual(1)
      expect((plan.to - plan.from) / plan.stepMs).toBeLessThanOrEqual(most)
      if (to - from <= DAY_MS / 2 && to <= now) expect([plan.from <= from, plan.to >= to]).toEqual([true, true])
    }),
  )
})
