import { expect, test } from 'vitest'
import { drawnRank, fairLimit, isDrawn, sharesWork } from './fair-share.ts'

test('a station alone takes all that it wants', () => {
  expect(fairLimit(100, 5, 1)).toBe(100)
})

test('several take half of an even share at once, at least one job, and a backlog for all binds nobody', () => {
  expect(fairLimit(100, 30, 3)).toBe(5)
  expect(fairLimit(100, 1, 3)).toBe(1)
  expect(fairLimit(100, 0, 3)).toBe(1)
  expect(fairLimit(100, 50_000, 3)).toBe(100)
})

test('stations that take turns, each looking after the other, end with even shares', () => {
  for (const stations of [2, 3, 5]) {
    for (const burst of [stations * 10, 150, 151]) {
      const taken = Array.from({ length: stations }, () => 0)
      let left = burst
      for (let turn = 0; left > 0; turn++) {
        const limit = Math.min(left, fairLimit(1_000, left, stations))
        taken[turn % stations] = (taken[turn % stations] ?? 0) + limit
        left -= limit
      }
      expect(Math.max(...taken)).toBeLessThanOrEqual(2 * Math.min(...taken))
    }
  }
})

test('a few jobs are drawn for, a burst and what a station alone finds are not', () => {
  expect([isDrawn(1, 3), isDrawn(5, 3), isDrawn(6, 3), isDrawn(1, 1)]).toEqual([true, true, false, false])
})

test('all stations draw the same order for a job, and each is first about as often', () => {
  const stations = ['80fea49a', '3c11d7b2', '80fea49b', 'f0e1d2c3']
  const firsts = new Map(stations.map((station) => [station, 0]))
  for (let lot = 0; lot < 4_000; lot++) {
    const ranks = stations.map((own) =>
      drawnRank(
        own,
        stations.filter((other) => other !== own),
        String(1_800_000_000_000 + lot),
      ),
    )
    expect(ranks.toSorted()).toEqual([0, 1, 2, 3])
    const first = stations[ranks.indexOf(0)] ?? ''
    firsts.set(first, (firsts.get(first) ?? 0) + 1)
  }
  expect(Math.max(...firsts.values())).toBeLessThan(1.3 * Math.min(...firsts.values()))
})

test('stations share work where a queue and a type of theirs meet', () => {
  const mail = { queues: ['emails'], types: ['send'] }
  expect(sharesWork(mail, { queues: ['*'], types: ['send', 'render'] })).toBe(true)
  expect(sharesWork(mail, { queues: ['reports', 'emails'], types: ['send'] })).toBe(true)
  expect(sharesWork(mail, { queues: ['reports'], types: ['send'] })).toBe(false)
  expect(sharesWork(mail, { queues: ['*'], types: ['render'] })).toBe(false)
})
