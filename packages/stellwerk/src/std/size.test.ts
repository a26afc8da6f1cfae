import { expect, test } from 'vitest'
import { formatSize, parseSize } from './size.ts'

test('sizes are bytes, or a number with a unit of 1024', () => {
  expect(parseSize(17)).toBe(17)
  expect(parseSize('17')).toBe(17)
  expect(parseSize('256kb')).toBe(262_144)
  expect(parseSize('1.5 MB')).toBe(1_572_864)
})

test('what is no size is refused by name', () => {
  for (const wrong of ['', 'kb', '-1', '1tb', '1e3', 'x'.repeat(100)])
    expect(() => parseSize(wrong)).toThrow(RangeError)
  expect(() => parseSize(-1)).toThrow('-1 is not a size')
  expect(() => parseSize(1.5)).toThrow('1.5 is not a size')
})

test('a size is shown in its nearest unit', () => {
  expect([0, 512, 1536, 20 * 1024, 3 * 1_048_576].map(formatSize)).toEqual(['0 B', '512 B', '1.5 KB', '20 KB', '3 MB'])
})
