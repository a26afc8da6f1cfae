import { expect, test } from 'vitest'
import { StellwerkError } from '../errors.ts'
import { checkDeadLetter, checkDeadLetters, deadLetterOf, noDeadLetters } from './dead-letters.ts'

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

test.each([{}, { emails: 'emails-dead', '*': 'dead' }, { emails: 'dead', dead: 'buried' }])(
  '%j is a choice of dead-letter queues',
  (given) => {
    expect(checkDeadLetters(given)).toBe(given)
  },
)

test.each<[unknown, string]>([
  ['dead', 'dead'],
  [undefined, 'undefined'],
  [null, 'null'],
  [['dead', 'buried'], 'dead,buried'],
])('%j is refused as a choice, and it is said what one looks like', (given, shown) => {
  expect(() => checkDeadLetters(given as Readonly<Record<string, string>>)).toThrow(
    new StellwerkError(
      'OPTION_INVALID',
      `deadLetters: ${shown} is no choice of queues; give { emails: 'emails-dead', '*': 'dead' }`,
    ),
  )
})

test.each([
  [{ ' mail': 'dead' }, 'the queue name " mail" is not accepted: leave out white space at its ends'],
  [{ mail: '' }, 'the queue name "" is not accepted: give 1 to 200 characters, it has 0'],
  [{ '*': '*' }, 'the queue name "*" is not accepted: * stands for all of them, give a name of its own'],
  [
    { mail: 'dead', dead: 'dead' },
    "queue 'dead' names itself as its dead-letter queue; name another, such as 'dead-dead', or leave it out to keep failed jobs where they ran",
  ],
])('the choice %j is refused for a name in it', (given: Readonly<Record<string, string>>, message) => {
  expect(() => checkDeadLetters(given)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message }))
})

test('a job type may name any dead-letter queue but the queue that it runs in', () => {
  expect(checkDeadLetter('mail', 'mail-dead')).toBe('mail-dead')
  expect(checkDeadLetter(undefined, 'mail')).toBe('mail')
  expect(() => checkDeadLetter('mail', 'mail')).toThrow("queue 'mail' names itself")
})
