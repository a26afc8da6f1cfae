import { expect, test } from 'vitest'
import { planClaims } from '../domain/queue/plan-claims.ts'
import { balancedOrder } from './balanced-weights.ts'

const head = (queue: string, position: number) => ({ queue, type: 't', inBatch: false, priority: 0, position })
const debts = { age: new Map(), weight: new Map() }
const rules = { knownTypes: new Set(['t']), pausedQueues: new Set<string>(), debts }

function sharesOf(queues: ReturnType<typeof balancedOrder>['order'], free: number): Record<string, number> {
  const { shares } = planClaims([head('a', 1), head('b', 2), head('c', 3)], { ...rules, queues }, free)
  return Object.fromEntries(shares.map(({ queue, limit }) => [queue, limit]))
}

test('without balance the order is as it was told', () => {
  expect(balancedOrder(['a', 'b'], 'off', new Set())).toEqual({
    order: { order: 'strict', names: ['a', 'b'] },
    weights: null,
  })
})

test('balanced, all queues have the same share, and what another pool names has none', () => {
  const { order } = balancedOrder(['*'], 'simple', new Set(['c']))
  const shares = sharesOf(order, 10)
  expect(shares).toMatchObject({ a: 5 })
  expect(Object.keys(shares)).toEqual(['a', 'b'])
})

test('shares follow the weights as they change', () => {
  const { order, weights } = balancedOrder(['a', 'b'], 'auto', new Set())
  weights?.become(
    new Map([
      ['a', 1_000],
      ['b', 250],
    ]),
  )
  expect(sharesOf(order, 10)).toMatchObject({ a: 8 })
  weights?.become(new Map([['b', 1_000]]))
  expect(weights?.get('a')).toBe(1)
  expect(weights?.get('c')).toBe(0)
})
