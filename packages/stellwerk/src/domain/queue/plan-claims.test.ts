import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LaneHead } from './lane.ts'
import { type ClaimRules, noDebts, planClaims } from './plan-claims.ts'

const rules: ClaimRules = {
  queues: { order: 'all' },
  knownTypes: new Set(['t', 'u', 'v']),
  pausedQueues: new Set(),
  debts: noDebts,
}

function lane(change: Partial<LaneHead> = {}): LaneHead {
  return { queue: 'q', type: 't', inBatch: false, priority: 0, position: 1000, ...change }
}

function shares(heads: readonly LaneHead[], change: Partial<ClaimRules>, free: number): string[] {
  return planClaims(heads, { ...rules, ...change }, free).shares.map(
    (s) => `${s.queue}/${s.type}/${s.priority}:${s.limit}`,
  )
}

const keyOf = (at: Pick<LaneHead, 'queue' | 'type' | 'inBatch' | 'priority'>): string =>
  `${at.queue}/${at.type}/${at.inBatch}/${at.priority}`

/** Claims as a store does, lane by lane, until `limit`; every lane with jobs `left` of it has them at rising positions. */
function drain(
  lanes: readonly (LaneHead & { left: number })[],
  start: ClaimRules,
  { rounds, free }: { rounds: number; free: number },
) {
  const taken = new Map<string, number>()
  let { debts } = start
  for (let round = 0; round < rounds; round++) {
    const heads = lanes.filter(({ left }) => left > 0)
    const plan = planClaims(heads, { ...start, debts }, free)
    debts = plan.debts
    let room = plan.limit
    for (const share of plan.shares) {
      const from = lanes.find((one) => keyOf(one) === keyOf(share))
      const count = Math.min(share.limit, room, from?.left ?? 0)
      room -= count
      if (from) from.left -= count
      taken.set(keyOf(share), (taken.get(keyOf(share)) ?? 0) + count)
    }
  }
  return taken
}

describe('order', () => {
  test('goes by priority, then by the age of the head', () => {
    const heads = [lane(), lane({ type: 'u', position: 5 }), lane({ priority: 10, position: 9999 })]
    expect(shares(heads, {}, 4)).toEqual(['q/t/10:4', 'q/u/0:4', 'q/t/0:4'])
  })

  test('splits the slots evenly between lanes of one priority, the remainder to the older head', () => {
    const heads = [lane({ type: 't', position: 3 }), lane({ type: 'u', position: 1 }), lane({ type: 'v', position: 2 })]
    expect(shares(heads, {}, 11)).toEqual(['q/u/0:4', 'q/v/0:4', 'q/t/0:11'])
    expect(shares(heads, {}, 2)).toEqual(['q/u/0:1', 'q/v/0:1', 'q/t/0:2'])
  })

  test('serves strict queues one after the other, whatever their priorities', () => {
    const heads = [lane({ queue: 'b', priority: 20 }), lane({ queue: 'a' }), lane({ queue: 'c' })]
    const strict = { queues: { order: 'strict', names: ['a', 'b'] } } as const
    expect(shares(heads, strict, 5)).toEqual(['a/t/0:5', 'b/t/20:5'])
    const long = drain(
      heads.map((head) => ({ ...head, left: 1e9 })),
      { ...rules, ...strict },
      { rounds: 100, free: 1 },
    )
    expect([...long]).toContainEqual(['a/t/false/0', 100])
  })

  test('splits the slots between the lanes of the first strict queue, the next ones come after it by rank', () => {
    const heads = [
      lane({ queue: 'c' }),
      lane({ queue: 'a', type: 'u' }),
      lane({ queue: 'b' }),
      lane({ queue: 'a', position: 1 }),
    ]
    const strict = { queues: { order: 'strict', names: ['a', 'b', 'c'] } } as const
    const planned = ['a/t/0:2', 'a/u/0:2', 'b/t/0:4', 'c/t/0:4']
    expect(shares(heads, strict, 4)).toEqual(planned)
    expect(shares(heads.toReversed(), strict, 4)).toEqual(planned)
  })

  test('splits the slots between queues where all are served alike', () => {
    const heads = [lane({ queue: 'b', position: 2 }), lane({ queue: 'a', position: 1 })]
    expect(shares(heads, {}, 4)).toEqual(['a/t/0:2', 'b/t/0:4'])
  })

  test('names twice as many lanes as slots, but always sixteen', () => {
    const heads = Array.from({ length: 40 }, (_, at) => lane({ priority: at }))
    expect([3, 8, 9, 20].map((free) => shares(heads, { ageShare: 0 }, free).length)).toEqual([16, 16, 18, 40])
  })

  test('leaves out unknown types, paused queues, too low priorities and, where asked, what is in no batch', () => {
    const heads = [
      lane({ type: 'alien' }),
      lane({ queue: 'p' }),
      lane({ priority: -5 }),
      lane({ priority: 5 }),
      lane({ priority: 6, inBatch: true }),
    ]
    expect(shares(heads, { pausedQueues: new Set(['p']), minPriority: 0 }, 1)).toEqual(['q/t/6:1', 'q/t/5:1'])
    expect(shares(heads, { batchOnly: true }, 1)).toEqual(['q/t/6:1'])
    expect(shares(heads, { pausedQueues: new Set(['p']), minPriority: 5 }, 1)).toEqual(['q/t/6:1', 'q/t/5:1'])
    expect(shares(heads, { queues: { order: 'all', except: new Set(['q']) } }, 1)).toEqual(['p/t/0:1'])
  })

  test('plans nothing without slots or without work', () => {
    expect(planClaims([lane()], rules, 0)).toMatchObject({ shares: [], limit: 0 })
    expect(planClaims([], rules, 5)).toMatchObject({ shares: [], limit: 5 })
  })
})

describe('the share by age', () => {
  test.each([1, 3, 10, 64, 500])(
    'gives a low priority its tenth beside an endless high one, with %d slots a round',
    (free) => {
      const lanes = [
        { ...lane({ priority: 20, position: 0 }), left: 1e9 },
        { ...lane({ priority: -10, position: 9e12 }), left: 1e9 },
      ]
      const taken = drain(lanes, rules, { rounds: 1000, free })
      const low = taken.get('q/t/false/-10') ?? 0
      expect(low).toBeGreaterThanOrEqual(Math.floor(free * 100))
      expect(low).toBeLessThanOrEqual(free * 100 + 1)
    },
  )

  test('holds for any share, any round size and any number of lanes above and below', () => {
    const shape = fc.record({
      free: fc.integer({ min: 1, max: 40 }),
      ageShare: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      high: fc.uniqueArray(fc.constantFrom('t', 'u', 'v'), { minLength: 1 }),
      low: fc.uniqueArray(fc.integer({ min: -100, max: 9 }), { minLength: 1, maxLength: 5 }),
    })
    fc.assert(
      fc.property(shape, ({ free, ageShare, high, low }) => {
        const lanes = [
          ...high.map((type) => ({ ...lane({ type, priority: 10 }), left: 1e9 })),
          ...low.map((priority, at) => ({ ...lane({ priority, position: 7000 + at }), left: 1e9 })),
        ]
        const rounds = 200
        const taken = drain(lanes, { ...rules, ageShare }, { rounds, free })
        const below = low.reduce((sum, priority) => sum + (taken.get(`q/t/false/${priority}`) ?? 0), 0)
        expect(below).toBeGreaterThanOrEqual(Math.floor(rounds * free * ageShare - 1e-6))
        expect([...taken.values()].reduce((sum, count) => sum + count, 0)).toBe(rounds * free)
      }),
      { numRuns: 60 },
    )
  })

  test('goes to the oldest head below, regardless of its priority', () => {
    const heads = [lane({ priority: 10 }), lane({ priority: 5, position: 50 }), lane({ priority: -5, position: 3 })]
    expect(shares(heads, {}, 20)).toEqual(['q/t/10:18', 'q/t/-5:2', 'q/t/5:20'])
  })

  test('goes to the oldest head wherever it ranks, and of equally old ones to the higher priority', () => {
    const below = (...positions: readonly number[]): readonly LaneHead[] =>
      positions.map((position, at) => lane({ priority: 5 - at, position }))
    expect(shares([lane({ priority: 10 }), ...below(3, 50, 60)], {}, 20)[1]).toBe('q/t/5:2')
    expect(shares([lane({ priority: 10 }), ...below(50, 3, 60)], {}, 20)[1]).toBe('q/t/4:2')
    expect(shares([lane({ priority: 10 }), ...below(50, 3, 3)], {}, 20)[1]).toBe('q/t/4:2')
  })

  test('is not saved up while nobody starves', () => {
    const busy = { ...lane({ priority: 10 }), left: 1e9 }
    let { debts } = rules
    for (let round = 0; round < 500; round++) debts = planClaims([busy], { ...rules, debts }, 10).debts
    expect(shares([busy, lane()], { debts }, 10)).toEqual(['q/t/10:8', 'q/t/0:10'])
  })
})

describe('weighted queues', () => {
  const weighted: ClaimRules = {
    ...rules,
    queues: {
      order: 'weighted',
      weights: new Map([
        ['a', 5],
        ['b', 2],
        ['c', 0],
      ]),
    },
  }

  test.each([1, 3, 7, 100])('get their shares in the long run, with %d slots a round', (free) => {
    const lanes = ['a', 'b', 'c', 'd'].map((queue) => ({ ...lane({ queue }), left: 1e9 }))
    const taken = drain(lanes, weighted, { rounds: 700, free })
    expect(taken.get('a/t/false/0')).toBeGreaterThanOrEqual(500 * free - 1)
    expect(taken.get('b/t/false/0')).toBeGreaterThanOrEqual(200 * free - 1)
    expect(taken.has('c/t/false/0') || taken.has('d/t/false/0')).toBe(false)
  })

  test('take turns, one slot a round: whom most is owed, and of equals the one with the older head', () => {
    const heads = [lane({ queue: 'a', position: 2 }), lane({ queue: 'b', position: 1 })]
    const turns = (weightOfA: number): string => {
      const weights = new Map([
        ['a', weightOfA],
        ['b', 2],
      ])
      let { debts } = rules
      return Array.from({ length: 7 }, () => {
        const plan = planClaims(heads, { ...rules, queues: { order: 'weighted', weights }, debts }, 1)
        debts = plan.debts
        return plan.shares[0]?.queue
      }).join('')
    }
    expect(turns(5)).toBe('abaaaba')
    expect(turns(2)).toBe('bababab')
  })

  test('leave their slots to the others where they have no work', () => {
    expect(shares([lane({ queue: 'b' })], weighted, 7)).toEqual(['b/t/0:7'])
  })
})

const served = (order: ClaimRules['queues'], queue: string): boolean =>
  order.order === 'all' || (order.order === 'strict' ? order.names.includes(queue) : order.weights.has(queue))

test('no plan names a lane twice, gives a lane more than the slots, or leaves a slot empty that the last lane could fill', () => {
  const head = fc.record({
    queue: fc.constantFrom('a', 'b', 'c'),
    type: fc.constantFrom('t', 'u', 'v', 'alien'),
    inBatch: fc.boolean(),
    priority: fc.integer({ min: -100, max: 100 }),
    position: fc.integer({ min: 0, max: 1e12 }),
  })
  const queues = fc.constantFrom<ClaimRules['queues']>(
    { order: 'all' },
    { order: 'strict', names: ['b', 'a'] },
    {
      order: 'weighted',
      weights: new Map([
        ['a', 3],
        ['c', 1],
      ]),
    },
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(head, { selector: keyOf, maxLength: 60 }),
      queues,
      fc.integer({ min: 1, max: 50 }),
      (...[heads, order, free]) => {
        const plan = planClaims(heads, { ...rules, queues: order }, free)
        expect(new Set(plan.shares.map(keyOf)).size).toBe(plan.shares.length)
        for (const share of plan.shares) {
          expect(share.limit).toBeGreaterThanOrEqual(1)
          expect(share.limit).toBeLessThanOrEqual(free)
        }
        const known = heads.some((one) => one.type !== 'alien' && served(order, one.queue))
        if (known) expect(plan.shares.at(-1)?.limit).toBe(free)
      },
    ),
  )
})
