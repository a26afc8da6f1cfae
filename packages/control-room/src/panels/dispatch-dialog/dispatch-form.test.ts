import { expect, test } from 'vitest'
import { dispatchFaults, dispatchRequest, emptyForm, isSendable } from './dispatch-form.ts'

test('a type is enough', () => {
  expect(isSendable(emptyForm)).toBe(false)
  expect(isSendable({ ...emptyForm, type: 'a' })).toBe(true)
  expect(dispatchRequest({ ...emptyForm, type: 'a' })).toEqual({ type: 'a' })
})

test('what was typed goes along, and nothing else', () => {
  const form = { type: 'a', payload: '{"b":1}', queue: ' mails ', priority: 'high', delay: '1h 30m', tries: '5' }
  expect(isSendable(form)).toBe(true)
  expect(dispatchRequest(form)).toEqual({
    type: 'a',
    payload: { b: 1 },
    options: { queue: 'mails', priority: 10, delay: '1h30m', tries: 5 },
  })
})

test('what is wrong is told by field', () => {
  const faults = dispatchFaults({ type: 'a', payload: '{', queue: '', priority: '101', delay: 'soon', tries: '0' })
  expect(faults).toEqual({ payload: expect.stringContaining('JSON'), priority: true, delay: true, tries: true })
  expect(dispatchFaults({ ...emptyForm, tries: '1.5' }).tries).toBe(true)
})
