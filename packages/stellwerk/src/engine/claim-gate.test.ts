import { expect, test } from 'vitest'
import { ClaimGate } from './claim-gate.ts'

const pause = (queue: string) => ({ queue, by: 'ada', reason: null, since: 1, until: null })
const maintenance = { by: 'ada', reason: null, since: 1 }

test('nothing is claimed before the holds are known, with force neither', () => {
  const gate = new ClaimGate()
  expect([gate.isOpen(false), gate.isOpen(true)]).toEqual([false, false])
  expect(gate.learn({ pauses: [], maintenance: null })).toBe(true)
  expect(gate.isOpen(false)).toBe(true)
})

test('maintenance closes it for all but those with force, and its end opens it', () => {
  const gate = new ClaimGate()
  gate.learn({ pauses: [], maintenance })
  expect([gate.isOpen(false), gate.isOpen(true)]).toEqual([false, true])
  expect(gate.learn({ pauses: [], maintenance })).toBe(false)
  expect(gate.learn({ pauses: [], maintenance: null })).toBe(true)
})

test('it says when a pause has ended, and not when one begins', () => {
  const gate = new ClaimGate()
  gate.learn({ pauses: [], maintenance: null })
  expect(gate.learn({ pauses: [pause('mail'), pause('bills')], maintenance: null })).toBe(false)
  expect([...gate.pausedQueues]).toEqual(['mail', 'bills'])
  expect(gate.learn({ pauses: [pause('bills')], maintenance: null })).toBe(true)
  expect(gate.learn({ pauses: [pause('bills')], maintenance: null })).toBe(false)
})
