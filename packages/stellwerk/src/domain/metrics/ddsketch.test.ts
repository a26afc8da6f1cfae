import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DDSketch, sketchError } from './ddsketch.ts'

const duration = fc.oneof(
  fc.double({ min: 1e-5, max: 1e13, noNaN: true }),
  fc.integer({ min: 0, max: 5000 }),
  fc.constant(0),
)
const durations = fc.array(duration, { minLength: 1, maxLength: 200 })

function sketchOf(values: readonly number[]): DDSketch {
  const sketch = new DDSketch()
  for (const value of values) sketch.add(value)
  return sketch
}

test('every quantile is within 1 % of the value at its rank', () => {
  fc.assert(
    fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
      const exact = values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))] ?? 0
      expect(Math.abs(sketchOf(values).quantile(q) - exact)).toBeLessThanOrEqual(exact * (sketchError + 1e-9))
    }),
  )
})

test('merging is the same as adding all, in any order and grouping', () => {
  fc.assert(
    fc.property(durations, durations, durations, (...[a, b, c]) => {
      const left = sketchOf(a)
      left.merge(sketchOf(b))
      left.merge(sketchOf(c))
      const right = sketchOf(c)
      const inner = sketchOf(b)
      inner.merge(sketchOf(a))
      right.merge(inner)
      expect(left.encode()).toEqual(right.encode())
      expect(left.encode()).toEqual(sketchOf([...a, ...b, ...c]).encode())
      expect(left.count).toBe(a.length + b.length + c.length)
    }),
  )
})

test('bytes hold all of it', () => {
  fc.assert(
    fc.property(durations, (values) => {
      const sketch = sketchOf(values)
      const back = DDSketch.decode(sketch.encode())
      expect(back.encode()).toEqual(sketch.encode())
      expect(back.count).toBe(values.length)
      expect(back.quantile(0.95)).toBe(sketch.quantile(0.95))
    }),
  )
})

test('an empty sketch, zeros and what is no duration', () => {
  expect(new DDSketch().quantile(0.5)).toBe(0)
  expect(new DDSketch().encode()).toEqual(Uint8Array.of(1, 0, 0))
  const odd = sketchOf([0, -5, Number.NaN, 1e-9, Number.POSITIVE_INFINITY])
  expect(odd.count).toBe(5)
  expect(odd.quantile(0.5)).toBe(0)
  expect(odd.quantile(1)).toBeGreaterThan(Number.MAX_SAFE_INTEGER * 0.99)
})

test('an empty sketch is 0 at every part, the lowest and the highest too', () => {
  expect(new DDSketch().quantiles([0, 0.5, 1])).toEqual([0, 0, 0])
})

test('what is no longer than a nanosecond counts as nothing', () => {
  expect(sketchOf([1e-6]).quantile(1)).toBe(0)
  expect(sketchOf([1.1e-6]).quantile(1)).toBeGreaterThan(1e-6)
})

test('the quantile of a rank is that very value: the median of three is the second', () => {
  const [lowest, median, highest] = sketchOf([10, 20, 40]).quantiles([0, 0.5, 1]).map(Math.round)
  expect([lowest, median, highest]).toEqual([10, 20, 40])
  expect(Math.round(sketchOf([10, 20]).quantile(1))).toBe(20)
})

test('a clone counts on by itself', () => {
  const sketch = sketchOf([1, 2])
  const clone = sketch.clone()
  clone.add(3)
  expect([sketch.count, clone.count]).toEqual([2, 3])
})

test('beyond 2,048 buckets the lowest give way, the upper quantiles stay exact, and merging stays associative', () => {
  const values = Array.from({ length: 2500 }, (_, at) => 1e-5 * 1.0203 ** at)
  const whole = sketchOf(values)
  const parts = [sketchOf(values.filter((_, at) => at % 2 === 0)), sketchOf(values.filter((_, at) => at % 2 === 1))]
  const merged = new DDSketch()
  for (const part of parts.toReversed()) merged.merge(part)
  expect(merged.encode()).toEqual(whole.encode())
  expect(whole.count).toBe(2500)
  const exact = values[Math.floor(0.95 * 2499)] ?? 0
  expect(Math.abs(whole.quantile(0.95) - exact)).toBeLessThanOrEqual(exact * sketchError)
  expect(whole.encode().length).toBeLessThan(2048 * 3 + 10)
})

test.each([
  [2_048, 0],
  [2_049, 1],
  [2_300, 252],
])('of %d buckets the lowest %d are counted in the one above them', (buckets, given) => {
  const growth = (1 + sketchError) / (1 - sketchError)
  const values = Array.from({ length: buckets }, (_, at) => growth ** (at - 500) * (1 - sketchError))
  const sketch = sketchOf(values)
  const lowest = values[given] ?? 0
  expect(sketch.quantile(0)).toBeCloseTo(lowest, 12)
  expect(sketch.countAtMost(lowest * 0.999)).toBe(0)
  expect(sketch.countAtMost(lowest * 1.001)).toBe(given + 1)
  sketch.add(values[0] ?? 0)
  expect(sketch.countAtMost(lowest * 1.001)).toBe(given + 2)
  expect(sketch.count).toBe(buckets + 1)
})

test('bytes of another format, cut off or too long are refused', () => {
  const bytes = sketchOf([1, 2, 3]).encode()
  expect(() => DDSketch.decode(Uint8Array.of(9, 0, 0))).toThrow(
    new RangeError('a sketch of format 9 cannot be read, only format 1'),
  )
  expect(() => DDSketch.decode(new Uint8Array())).toThrow(RangeError)
  expect(() => DDSketch.decode(bytes.slice(0, -1))).toThrow(RangeError)
  expect(() => DDSketch.decode(Uint8Array.of(...bytes, 0))).toThrow(new RangeError('a sketch has bytes behind its end'))
})

test('as many values are at most a quantile as its part says', () => {
  const sketch = sketchOf([10, 20, 40, 80])
  const counts = [0, 1 / 3, 2 / 3, 1].map((q) => sketch.countAtMost(sketch.quantile(q)))
  expect(counts).toEqual([1, 2, 3, 4])
})

test('counts what is at most a value, up to the relative error, and never less for a larger one', () => {
  const sketch = new DDSketch()
  for (const value of [0, 0, 1, 10, 10, 100, 1_000]) sketch.add(value)
  expect([-1, 0, 0.5, 1.02, 10.2, 99, 102, 5_000].map((value) => sketch.countAtMost(value))).toEqual([
    0, 2, 2, 3, 5, 5, 6, 7,
  ])
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e9, noNaN: true })),
      fc.double({ min: 0.001, max: 1e9, noNaN: true }),
      (values, bound) => {
        const some = new DDSketch()
        for (const value of values) some.add(value)
        const exact = (limit: number): number => values.filter((value) => value <= limit).length
        expect(some.countAtMost(bound)).toBeGreaterThanOrEqual(exact(bound / 1.03))
        expect(some.countAtMost(bound)).toBeLessThanOrEqual(exact(bound * 1.03))
        expect(some.countAtMost(bound * 2)).toBeGreaterThanOrEqual(some.countAtMost(bound))
        expect(some.countAtMost(Number.POSITIVE_INFINITY)).toBe(values.length)
      },
    ),
  )
})
