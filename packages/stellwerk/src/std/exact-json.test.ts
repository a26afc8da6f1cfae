import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isExactNumber, parseExactJson } from './exact-json.ts'

test('a number that would be rounded is written with all its digits again', () => {
  const text = '{"a":[12345678901234567890,-9007199254740993,9007199254740991,1.5],"b":"12345678901234567890"}'
  expect(JSON.stringify(parseExactJson(text))).toBe(text)
  expect((parseExactJson('[12345678901234567890,1]') as unknown[]).map(isExactNumber)).toEqual([true, false])
})

test('everything else is what JSON.parse says', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.stringify(parseExactJson(text))).toBe(JSON.stringify(JSON.parse(text)))
    }),
  )
  expect(() => parseExactJson('{')).toThrow(SyntaxError)
})
