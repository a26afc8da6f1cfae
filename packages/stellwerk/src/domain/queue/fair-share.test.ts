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

function ranksOf(stations: readonly string[], name: string, jobs = 1): readonly number[] {
  return stations.map((own) => {
    const rivals = stations.filter((other) => other !== own)
    return drawnRank(own, rivals, { name, jobs })
  })
}

test('all stations draw the same order for a job, and each is first about as often', () => {
  const stations = ['80fea49a', '3c11d7b2', '80fea49b', 'f0e1d2c3']
  const firsts = new Map(stations.map((station) => [station, 0]))
  for (let lot = 0; lot < 4_000; lot++) {
    const ranks = ranksOf(stations, String(1_800_000_000_000 + lot))
    expect(ranks.toSorted()).toEqual([0, 1, 2, 3])
    const first = stations[ranks.indexOf(0)] ?? ''
    firsts.set(first, (firsts.get(first) ?? 0) + 1)
  }
  expect(Math.max(...firsts.values())).toBeLessThan(1.3 * Math.min(...firsts.values()))
})

test('the draw is the same in every release: stations of two of them work side by side', () => {
  const stations = ['80fea49a', '3c11d7b2', '80fea49b', 'f0e1d2c3']
  const lots = ['1800000000000:1', '1800000000000:2', '1800000000001:1']
  expect(lots.map((lot) => ranksOf(stations, lot))).toEqual([
    [3, 2, 0, 1],
    [1, 2, 3, 0],
    [2, 1, 3, 0],
  ])
})

test('nobody stands further back than third behind the first, however many there are', () => {
  const stations = Array.from({ length: 200 }, (_, at) => `station-${at}`)
  const ranks = ranksOf(stations, '1800000000000:1')
  expect([0, 1, 2, 3].map((rank) => ranks.filter((one) => one === rank).length)).toEqual([1, 1, 1, 197])
})

test('where several jobs wait, as many stations are first: the same that one after the other would have been', () => {
  const stations = Array.from({ length: 10 }, (_, at) => `station-${at}`)
  const inTurn = ranksOf(stations, 'lot')
  for (const jobs of [2, 3, 9, 10, 19]) {
    const ranks = ranksOf(stations, 'lot', jobs)
    const first = Math.min(jobs, 10)
    expect(ranks.filter((rank) => rank === 0)).toHaveLength(first)
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(Math.min(jobs, 10 - first))
    expect(ranks[inTurn.indexOf(0)]).toBe(0)
    expect(ranks[inTurn.indexOf(1)]).toBe(0)
  }
})

const all = { queues: ['*'], types: ['send'] }
const mail = { queues: ['emails', 'urgent'], types: ['send', 'draft'] }

test.each([
  ['all queues, and a type of its own', mail, { queues: ['*'], types: ['send', 'render'] }, true],
  ['one of its queues', mail, { queues: ['reports', 'emails'], types: ['send'] }, true],
  ['all queues like itself', all, { queues: ['*'], types: ['send'] }, true],
  ['other queues', mail, { queues: ['reports'], types: ['send'] }, false],
  ['other types', mail, { queues: ['*'], types: ['render'] }, false],
  ['no queue at all', all, { queues: [], types: ['render'] }, false],
])('a station meets one that serves %s: %j and %j share work: %s', (...[, one, other, shares]) => {
  expect([sharesWork(one, other), sharesWork(other, one)]).toEqual([shares, shares])
})
