import { expect, test } from 'vitest'
import { isStellwerkError, StellwerkError } from '../errors.ts'
import { checkName } from './queue-name.ts'

test.each(['emails', 'a', 'App\\Jobs\\Send Mail', 'über:größe/1', '**', '__proto__', 'x'.repeat(200)])(
  '%j is a name',
  (name) => {
    expect(checkName(name, 'queue')).toBe(name)
  },
)

test.each<[unknown, string]>([
  ['', 'the queue name "" is not accepted: give 1 to 200 characters, it has 0'],
  ['x'.repeat(201), 'give 1 to 200 characters, it has 201'],
  ['*', '* stands for all of them'],
  [' a', 'leave out white space at its ends'],
  ['a\u00a0', 'leave out white space at its ends'],
  ['a\nb', 'leave out control characters'],
  ['a\0', 'leave out control characters'],
  ['\ud800', 'leave out control characters, line breaks and broken characters'],
  [7, 'the queue name of type number is not accepted: give a text'],
  [null, 'of type null'],
  [undefined, 'the queue has no name: give it one, a text'],
])('%j is refused with its reason', (name, message) => {
  let thrown: unknown
  try {
    checkName(name, 'queue')
  } catch (error) {
    thrown = error
  }
  expect(isStellwerkError(thrown, 'OPTION_INVALID')).toBe(true)
  expect(String(thrown)).toContain(message)
})

test('a refusal says what the name was for, and shows no more than its first sixty characters', () => {
  const shown = 'x'.repeat(60)
  let thrown: unknown
  try {
    checkName(`${shown}${'y'.repeat(141)}`, 'job type')
  } catch (error) {
    thrown = error
  }
  const message = `the job type name "${shown}" is not accepted: give 1 to 200 characters, it has 201`
  expect(thrown).toEqual(new StellwerkError('OPTION_INVALID', message, { details: { option: 'job type' } }))
})
