import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

test('an integer that a number would round keeps its digits', () => {
  expect(parseJson('{"a":[12345678901234567890,-9007199254740993,9007199254740991,1.5]}')).toEqual({
    a: [12345678901234567890n, -9007199254740993n, 9007199254740991, 1.5],
  })
})

test('digits in a text stay a text', () => {
  expect(parseJson('"12345678901234567890"')).toBe('12345678901234567890')
})

test('everything else is what JSON.parse says', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
  expect(() => parseJson('{')).toThrow(SyntaxError)
})
