import { expect, test } from 'vitest'
import { BalancedWeights } from './balanced-weights.ts'
import { PoolBalancer } from './pool-balancer.ts'

test('a pool grows one by one while much waits, and shrinks when it is quiet, never within the cooldown', () => {
  let processes = 1
  let nowMs = 0
  const weights = new BalancedWeights(null, new Set(['other']))
  const balancer = new PoolBalancer({
    weights,
    rules: { scaleUpAt: 20, scaleDownAt: 5, cooldownMs: 10_000 },
    min: 1,
    max: 3,
    processes: () => processes,
    scale: (next) => {
      processes = next
    },
    meanRunMs: (queue) => (queue === 'slow' ? 100 : 10),
    now: () => nowMs,
  })
  const sizes: number[] = []
  for (const [at, quick, slow] of [
    [0, 90, 10],
    [9_000, 90, 10],
    [10_000, 90, 10],
    [20_000, 90, 10],
    [30_000, 10, 0],
    [40_000, 1, 0],
  ] as const) {
    nowMs = at
    balancer.look(
      new Map([
        ['quick', quick],
        ['slow', slow],
        ['other', 9_999],
      ]),
    )
    sizes.push(processes)
    if (at === 0) expect([weights.get('quick'), weights.get('slow'), weights.get('other')]).toEqual([900, 1_000, 0])
  }
  expect(sizes).toEqual([2, 2, 3, 3, 3, 2])
})
