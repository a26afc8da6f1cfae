import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStorable, wellFormed } from './well-formed.ts'

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
})

test('any text becomes storable and stays within its cap', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: 400 }), (text, maxBytes) => {
      const made = wellFormed(text, maxBytes)
      expect(isStorable(made)).toBe(true)
      expect(Buffer.byteLength(made)).toBeLessThanOrEqual(maxBytes)
    }),
  )
})

test('a text that is storable and short enough is left as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(isStorable(text))
      expect(wellFormed(text, Buffer.byteLength(text))).toBe(text)
    }),
  )
})

test('NUL and lone surrogates are replaced, a pair is kept', () => {
  expect(wellFormed('a\0b\uD800c', 100)).toBe('a\uFFFDb\uFFFDc')
  expect(wellFormed('👍', 100)).toBe('👍')
})

test('a cut text ends with the mark, never inside a character', () => {
  expect(wellFormed('abcdefgh', 6)).toBe('abc…')
  expect(wellFormed('👍👍', 7)).toBe('👍…')
  expect(wellFormed('👍👍', 6)).toBe('…')
  expect(wellFormed('abc', 2)).toBe('ab')
})

test('ten million characters cost no more than the cap', () => {
  const made = wellFormed('x'.repeat(10_000_000), 4096)
  expect(made).toHaveLength(4094)
  expect(made.endsWith('…')).toBe(true)
})
