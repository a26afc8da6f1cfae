import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../../api/parse-json.ts'
import { childrenOf, jsonKind, writeJson, writeJsonLine } from './json-value.ts'

test('JSON is written as JSON.stringify writes it, in lines and in one', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(writeJson(value)).toBe(JSON.stringify(value, null, 2))
      expect(writeJsonLine(value)).toBe(JSON.stringify(value))
    }),
  )
})

test('numbers that were read with all digits are written with them', () => {
  expect(writeJsonLine(parseJson('{"big":[12345678901234567890]}'))).toBe('{"big":[12345678901234567890]}')
  expect(writeJson(parseJson('[12345678901234567890]'))).toBe('[\n  12345678901234567890\n]')
})

test('kinds and children', () => {
  expect([{}, [], 'a', 1, 1n, true, null].map(jsonKind)).toEqual([
    'object',
    'array',
    'string',
    'number',
    'number',
    'word',
    'word',
  ])
  expect(childrenOf(['a'])).toEqual([['0', 'a']])
  expect(childrenOf('abc')).toEqual([])
})
