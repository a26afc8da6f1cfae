import { describe, expect, test } from 'vitest'
import { balanceDefaults, nextProcesses, type PoolLoad, weightsByClearTime } from './balance.ts'

describe('weights follow the time to clear a queue', () => {
  test('many short jobs weigh as much as few long ones', () => {
    const weights = weightsByClearTime([
      { queue: 'many', waiting: 1_000, meanRunMs: 10 },
      { queue: 'long', waiting: 10, meanRunMs: 1_000 },
      { queue: 'half', waiting: 5, meanRunMs: 1_000 },
      { queue: 'empty', waiting: 0, meanRunMs: 9_000 },
    ])
    expect(Object.fromEntries(weights)).toEqual({ many: 1_000, long: 1_000, half: 500, empty: 1 })
  })

  test('where nothing waits all are alike', () => {
    const idle = ['a', 'b'].map((queue) => ({ queue, waiting: 0, meanRunMs: 0 }))
    expect([...weightsByClearTime(idle).values()]).toEqual([1, 1])
  })
})

describe('a pool grows and shrinks by one process', () => {
  const load: PoolLoad = { processes: 2, min: 1, max: 3, waiting: 10, sinceChangeMs: 300_000 }
  test.each([
    ['more waiting than the threshold: one more', { waiting: 21 }, 3],
    ['as many as the threshold: as before', { waiting: 20 }, 2],
    ['fewer than the lower threshold: one less', { waiting: 4 }, 1],
    ['as many as the lower threshold: as before', { waiting: 5 }, 2],
    ['within the cooldown: as before', { waiting: 9_999, sinceChangeMs: 299_999 }, 2],
    ['never above the most', { processes: 3, waiting: 9_999 }, 3],
    ['never below the least', { processes: 1, waiting: 0 }, 1],
    ['below the least at once', { processes: 0, sinceChangeMs: 0 }, 1],
    ['above the most at once', { processes: 5, sinceChangeMs: 0 }, 4],
  ])('%s', (_, changes, expected) => {
    expect(nextProcesses({ ...load, ...changes }, balanceDefaults)).toBe(expected)
  })
})
