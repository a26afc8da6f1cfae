import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LaneHead } from './lane.ts'
import { type ClaimRules, noDebts, planClaims } from './plan-claims.ts'
import { ordinaryRoom } from './reserved-slots.ts'

const rules: ClaimRules = {
  queues: { order: 'all' },
  knownTypes: new Set(['t']),
  pausedQueues: new Set(),
  debts: noDebts,
}

const head = (priority: number, queue = 'q'): LaneHead => ({
  queue,
  type: 't',
  inBatch: false,
  priority,
  position: 1000,
})

function planned(heads: readonly LaneHead[], room: number, free: number): string {
  const { shares, limit } = planClaims(heads, { ...rules, reserved: { priority: 10, room } }, free)
  return `${shares.map((share) => `${share.queue}/${share.priority}:${share.limit}`).join(' ')} of ${limit}`
}

test('slots are kept free for the urgent, as many as no urgent job has taken', () => {
  const reserved = { priority: 10, slots: 2 }
  expect(ordinaryRoom(reserved, { free: 10, urgent: 0, ordinary: 0 })).toBe(8)
  expect(ordinaryRoom(reserved, { free: 2, urgent: 0, ordinary: 8 })).toBe(0)
  expect(ordinaryRoom(reserved, { free: 2, urgent: 1, ordinary: 7 })).toBe(1)
  expect(ordinaryRoom(reserved, { free: 3, urgent: 7, ordinary: 0 })).toBe(3)
})

test('a pool that has shrunk to its reserve still runs one ordinary job', () => {
  const reserved = { priority: 10, slots: 4 }
  expect(ordinaryRoom(reserved, { free: 2, urgent: 0, ordinary: 0 })).toBe(1)
  expect(ordinaryRoom(reserved, { free: 1, urgent: 0, ordinary: 1 })).toBe(0)
  expect(ordinaryRoom(reserved, { free: 0, urgent: 0, ordinary: 0 })).toBe(0)
})

test('whoever only takes what it has room for keeps the reserve, in whatever order jobs come and go', () => {
  const step = fc.record({ urgent: fc.boolean(), starts: fc.boolean(), many: fc.nat(5) })
  const all = 8
  const holds = (slots: number, steps: readonly { urgent: boolean; starts: boolean; many: number }[]): void => {
    const taken = { urgent: 0, ordinary: 0 }
    for (const { urgent, starts, many } of steps) {
      const kind = urgent ? 'urgent' : 'ordinary'
      const free = all - taken.urgent - taken.ordinary
      const room = urgent ? free : ordinaryRoom({ priority: 10, slots }, { free, ...taken })
      taken[kind] = starts ? taken[kind] + Math.min(many, room) : Math.max(0, taken[kind] - many)
      expect(taken.ordinary).toBeLessThanOrEqual(all - slots)
      expect(taken.urgent + taken.ordinary).toBeLessThanOrEqual(all)
    }
  }
  fc.assert(fc.property(fc.integer({ min: 1, max: all - 1 }), fc.array(step), holds))
})

test('a plan gives urgent jobs every slot, all others together no more than there is room for', () => {
  expect(planned([head(0), head(20)], 3, 8)).toBe('q/20:8 q/0:3 of 8')
  expect(planned([head(0), head(0, 'r'), head(5, 's')], 3, 8)).toBe('s/5:3 of 3')
  expect(planned([head(0), head(10)], 0, 2)).toBe('q/10:2 of 2')
  expect(planned([head(9)], 0, 2)).toBe(' of 0')
})

test('without room for ordinary jobs the urgent get every slot, what would go by age too', () => {
  expect(planned([head(0), head(20)], 1, 10)).toBe('q/20:9 q/0:1 of 10')
  expect(planned([head(0), head(20)], 0, 10)).toBe('q/20:10 of 10')
})
