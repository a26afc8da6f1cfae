import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choiceParam, defineSearch, flagParam, listParam, textParam, textsParam } from './search-codec.ts'

const codec = defineSearch({
  q: textParam,
  state: listParam(['pending', 'failed', 'completed']),
  queue: textsParam,
  range: choiceParam(['hour', 'day', 'week']),
  open: flagParam,
})

test('an empty address gives the values that hold anyway, and they leave the address empty', () => {
  const values = codec.read('')
  expect(values).toEqual({ q: '', state: [], queue: [], range: 'hour', open: false })
  expect(codec.write(values)).toBe('')
})

test('values stand in the address in a form that people can read', () => {
  const written = codec.write({ q: 'a b', state: ['pending', 'failed'], queue: ['x:y'], range: 'day', open: true })
  expect(written).toBe('q=a+b&state=pending,failed&queue=x:y&range=day&open=1')
})

test('what is not allowed or not known is passed over', () => {
  expect(codec.read('?state=failed,nonsense,failed&range=year&utm=1&open=yes')).toEqual({
    q: '',
    state: ['failed'],
    queue: [],
    range: 'hour',
    open: false,
  })
})

test('any text comes back from the address as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const written = codec.write({ ...codec.read(''), q: text })
      expect(codec.read(`?${written}`).q).toBe(text.trim())
    }),
  )
})
