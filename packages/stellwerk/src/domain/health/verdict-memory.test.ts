import { expect, test } from 'vitest'
import { VerdictMemory } from './verdict-memory.ts'

const quiet = { state: 'quiet', pending: 1 } as const
const down = { state: 'down', pending: 9 } as const

test('a state lasts since it was first seen, and from the first look on nobody knows', () => {
  const memory = new VerdictMemory()
  expect(memory.note('all', 1_000, quiet)).toBeNull()
  expect(memory.note('all', 2_000, quiet)).toBeNull()
  expect(memory.note('all', 3_000, down)).toBe(3_000)
  expect(memory.note('all', 4_000, down)).toBe(3_000)
  expect(memory.note('all', 5_000, quiet)).toBe(5_000)
  expect(memory.note('mail', 6_000, quiet)).toBeNull()
})

test('a backlog is compared with that of five minutes ago, and with none that is much older', () => {
  const memory = new VerdictMemory()
  for (let second = 0; second <= 600; second++) memory.note('all', second * 1_000, { state: 'quiet', pending: second })
  expect(memory.backlogBefore('all', 600_000)).toEqual({ pending: 300, agoMs: 300_000 })
  expect(memory.backlogBefore('all', 607_000)).toEqual({ pending: 300, agoMs: 307_000 })
  expect(memory.backlogBefore('all', 2_000_000)).toBeNull()
  expect(memory.backlogBefore('all', 299_999)).toBeNull()
  expect(memory.backlogBefore('mail', 600_000)).toBeNull()
})

test('views that nobody looks at any more are forgotten', () => {
  const memory = new VerdictMemory()
  memory.note('first', 0, quiet)
  memory.note('kept', 0, quiet)
  for (let view = 0; view < 99; view++) {
    memory.note(`view ${view}`, 1, quiet)
    memory.note('kept', 1, quiet)
  }
  expect(memory.backlogBefore('first', 300_000)).toBeNull()
  expect(memory.backlogBefore('kept', 300_000)).toEqual({ pending: 1, agoMs: 300_000 })
})
