import { expect, test } from 'vitest'
import { gateRows } from './gate-rows.ts'

const rows = (...ids: number[]) => ids.map((id) => ({ id: String(id), state: 'pending' }))

test('an empty table takes what comes', () => {
  const gate = gateRows({ shown: [], incoming: rows(3, 2), limit: 50 })
  expect(gate.rows.map(({ row }) => row.id)).toEqual(['3', '2'])
  expect(gate.waiting).toBe(0)
})

test('a row changes in its place, and newer ones wait', () => {
  const incoming = [...rows(5, 4), { id: '3', state: 'completed' }, ...rows(2)]
  const gate = gateRows({ shown: rows(3, 2), incoming, limit: 50 })
  expect(gate.rows.map(({ row, left }) => [row.id, row.state, left])).toEqual([
    ['3', 'completed', false],
    ['2', 'pending', false],
  ])
  expect(gate.waiting).toBe(2)
})

test('a row that is in the answer no more has left', () => {
  const gate = gateRows({ shown: rows(3, 2, 1), incoming: rows(3, 1), limit: 50 })
  expect(gate.rows.map(({ left }) => left)).toEqual([false, true, false])
})

test('a row below the end of a full answer has not left: newer ones pushed it out', () => {
  const gate = gateRows({ shown: rows(3, 2, 1), incoming: rows(6, 5, 3), limit: 3 })
  expect(gate.rows.map(({ left }) => left)).toEqual([false, false, false])
  expect(gate.waiting).toBe(2)
})

test('ids are compared as numbers', () => {
  expect(gateRows({ shown: rows(9), incoming: rows(10, 9), limit: 50 }).waiting).toBe(1)
})
