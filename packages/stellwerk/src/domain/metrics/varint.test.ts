import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVarint, unzigzag, writeVarint, zigzag } from './varint.ts'

test('whole numbers up to 2^53 - 1 come back in order', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat()), (values) => {
      const bytes: number[] = []
      for (const value of values) writeVarint(bytes, value)
      const from = { at: 0 }
      expect(values.map(() => readVarint(Uint8Array.from(bytes), from))).toEqual(values)
      expect(from.at).toBe(bytes.length)
    }),
  )
})

test('both signs fold and unfold', () => {
  expect([0, -1, 1, -2].map(zigzag)).toEqual([0, 1, 2, 3])
  fc.assert(fc.property(fc.integer(), (value) => unzigzag(zigzag(value)) === value))
})

test.each([
  [0, [0]],
  [127, [0x7f]],
  [128, [0x80, 1]],
  [300, [0xac, 2]],
  [Number.MAX_SAFE_INTEGER, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
])('%d takes no more bytes than it needs, seven bits each', (value, bytes) => {
  const written: number[] = []
  writeVarint(written, value)
  expect(written).toEqual(bytes)
  expect(readVarint(Uint8Array.from(bytes), { at: 0 })).toBe(value)
})

test('cut off and endless bytes are refused', () => {
  const cutOff = new RangeError('the bytes of a number are cut off')
  const tooLarge = new RangeError('a number is too large')
  expect(() => readVarint(new Uint8Array(), { at: 0 })).toThrow(cutOff)
  expect(() => readVarint(Uint8Array.of(0x80), { at: 0 })).toThrow(cutOff)
  expect(() => readVarint(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10), { at: 0 })).toThrow(tooLarge)
  expect(() => readVarint(new Uint8Array(100).fill(0xff), { at: 0 })).toThrow(tooLarge)
})
