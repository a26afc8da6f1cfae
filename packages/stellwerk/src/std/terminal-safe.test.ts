import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeLine, safeLines } from './terminal-safe.ts'

const nasty = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x2fff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom('\x1b[2J', '\x9b31m', '\r', '\n', '\u202e', '\ud800', '\u{e0041}', '\ufeff'),
  ),
})
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

test('no character that a terminal obeys survives on one line', () => {
  fc.assert(fc.property(nasty, (text) => !OBEYED.test(safeLine(text))))
})

test('several lines keep line feeds and tabs and nothing else', () => {
  fc.assert(fc.property(nasty, (text) => !OBEYED.test(safeLines(text).replaceAll(/[\n\t]/g, ''))))
})

test('what was escaped stays visible', () => {
  expect(safeLine('a\x1b[31mb\r\n\tc\u202ed')).toBe('a\\x1b[31mb\\r\\n\\tc\\u{202e}d')
  expect(safeLines('a\r\n\tb\rc\x07')).toBe('a\n\tb\\rc\\x07')
})

test('ordinary text, letters of any script and emoji stay as they are', () => {
  expect(safeLine('Größe 東京 مرحبا 👍')).toBe('Größe 東京 مرحبا 👍')
})
