import { expect, test } from 'vitest'
import { roomiest } from './worker-place.ts'

const place = (slots: number, room = slots) => ({ slots, room })

test('a free slot goes before room ahead, however much of that there is', () => {
  expect(roomiest([place(0, 90), place(1), place(0, 20)], 0)).toBe(1)
  expect(roomiest([place(1), place(3), place(2)], 0)).toBe(1)
  expect(roomiest([place(1, 1), place(1, 4)], 0), 'room ahead beside a free slot counts for nothing').toBe(0)
})

test('where no slot is free the most room decides', () => {
  expect(roomiest([place(0, 5), place(0, 20), place(0, Number.NEGATIVE_INFINITY)], 0)).toBe(1)
})

test('equal ones take turns', () => {
  const equal = [place(1), place(1), place(1)]
  expect([0, 1, 2, 3, 7].map((turn) => roomiest(equal, turn))).toEqual([0, 1, 2, 0, 1])
})

test('where nobody is, nobody is chosen', () => {
  expect(roomiest([], 4)).toBe(-1)
})
