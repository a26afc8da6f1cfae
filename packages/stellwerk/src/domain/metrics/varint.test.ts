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

test('cut off and endless bytes are refused', () => {
  expect(() => readVarint(Uint8Array.of(0x80), { at: 0 })).toThrow(RangeError)
  expect(() => readVarint(new Uint8Array(100).fill(0xff), { at: 0 })).toThrow(RangeError)
})
