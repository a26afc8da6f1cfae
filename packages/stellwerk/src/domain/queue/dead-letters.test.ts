import { expect, test } from 'vitest'
import { deadLetterOf, noDeadLetters } from './dead-letters.ts'

const rules = { types: { invoice: 'ledger-dead' }, queues: { mail: 'mail-dead', '*': 'dead' } }

test("the type's dead-letter queue goes before the queue's, and that before the one of all", () => {
  expect(deadLetterOf(rules, { queue: 'mail', type: 'invoice' })).toBe('ledger-dead')
  expect(deadLetterOf(rules, { queue: 'mail', type: 'send' })).toBe('mail-dead')
  expect(deadLetterOf(rules, { queue: 'default', type: 'send' })).toBe('dead')
})

test('a job that is in the queue already, or that nobody names one for, stays', () => {
  expect(deadLetterOf(rules, { queue: 'dead', type: 'send' })).toBeNull()
  expect(deadLetterOf(rules, { queue: 'ledger-dead', type: 'invoice' })).toBeNull()
  expect(deadLetterOf(noDeadLetters, { queue: 'mail', type: 'send' })).toBeNull()
  expect(deadLetterOf(noDeadLetters, { queue: 'constructor', type: '__proto__' })).toBeNull()
})
