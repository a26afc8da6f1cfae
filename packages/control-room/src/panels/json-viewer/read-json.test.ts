import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson, sizeOf, writeJson } from './read-json.ts'

test('numbers keep every digit', () => {
  const text = '[\n  12345678901234567890,\n  0.1000,\n  -1E+400\n]'
  const node = readJson(text)
  expect(node && writeJson(node)).toBe(text)
})

test('an object keeps the order and the doubles of its keys', () => {
  const node = readJson('{"b":1,"a":2,"b":3,"__proto__":4}')
  expect(node?.kind === 'object' && node.entries.map(([key]) => key)).toEqual(['b', 'a', 'b', '__proto__'])
  expect(node && sizeOf(node)).toBe(4)
})

test('whatever JSON says, the tree says the same', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const node = readJson(text)
      expect(node && JSON.parse(writeJson(node))).toEqual(JSON.parse(text))
    }),
  )
})

test('what JSON.parse refuses is refused, and what it takes is taken', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{}",:0123-.eEtrufalsn\\ \n') }), (text) => {
      expect(readJson(text) !== null).toBe(isJson(text))
    }),
    { numRuns: 2_000 },
  )
})

test('a tree deeper than anyone reads is refused without running out of stack', () => {
  expect(readJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeNull()
})
