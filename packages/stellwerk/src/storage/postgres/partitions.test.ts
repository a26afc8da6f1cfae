import { expect, test } from 'vitest'
import { missingPartitions } from './partitions.ts'

const day = 86_400_000
const now = 20_000 * day + 5_000

test('today and the seven days after it are made, each once', () => {
  const made = missingPartitions([], now)
  expect(made.map(({ from, to }) => [from / day, to / day])).toEqual(
    Array.from({ length: 8 }, (_, index) => [20_000 + index, 20_001 + index]),
  )
  expect(missingPartitions(made, now)).toEqual([])
  expect(missingPartitions(made, now + day)).toEqual([{ from: 20_008 * day, to: 20_009 * day }])
})

test('a gap is filled up to what is there', () => {
  const present = [{ from: 20_001 * day, to: 20_008 * day }]
  expect(missingPartitions(present, now)).toEqual([{ from: 20_000 * day, to: 20_001 * day }])
})

test('beside many partitions a week is made, and there are never more than 90 of days', () => {
  let present: { from: number; to: number }[] = []
  for (let at = 0; at < 400; at += 1) present = [...present, ...missingPartitions(present, now + at * day)]
  const days = present.filter(({ from, to }) => to - from === day)
  expect(days.length).toBeLessThanOrEqual(90)
  expect(present.length).toBeLessThan(90 + 400 / 7)
  for (const [index, { to }] of present.entries()) expect(present[index + 1]?.from ?? to).toBe(to)
})
