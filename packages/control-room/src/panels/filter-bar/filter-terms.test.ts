import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FilterTerm, readTerms, writeTerms } from './filter-terms.ts'

test.for<[string, readonly FilterTerm[]]>([
  ['', []],
  ['   ', []],
  ['state:failed', [{ key: 'state', values: ['failed'] }]],
  ['STATE:Failed', [{ key: 'state', values: ['Failed'] }]],
  ['state:failed,retrying', [{ key: 'state', values: ['failed', 'retrying'] }]],
  [
    '  queue:"my queue"   boom ',
    [
      { key: 'queue', values: ['my queue'] },
      { key: null, values: ['boom'] },
    ],
  ],
  ['type:"a,b",c', [{ key: 'type', values: ['a,b', 'c'] }]],
  ['"say \\"no\\" \\\\"', [{ key: null, values: ['say "no" \\'] }]],
  ['"state:failed"', [{ key: null, values: ['state:failed'] }]],
  ['a,b', [{ key: null, values: ['a,b'] }]],
  ['created:2026-01-01T10:00..now', [{ key: 'created', values: ['2026-01-01T10:00..now'] }]],
  ['queue:', [{ key: 'queue', values: [''] }]],
  ['queue:"never closed', [{ key: 'queue', values: ['never closed'] }]],
  [
    'queue:"a"b',
    [
      { key: 'queue', values: ['a'] },
      { key: null, values: ['b'] },
    ],
  ],
])('%j is read as its terms', ([text, terms]) => {
  expect(readTerms(text)).toEqual(terms)
})

test('whatever terms say, their text is read as the same terms', () => {
  const value = fc.string({ unit: fc.constantFrom(...'aZé:,"\\ \t\n\0…') })
  const term = fc.oneof(
    fc.record({ key: fc.constant(null), values: fc.tuple(value) }),
    fc.record({
      key: fc.stringMatching(/^[a-z][a-z-]{0,9}$/),
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
    }),
  )
  fc.assert(
    fc.property(fc.array(term, { maxLength: 6 }), (terms) => {
      expect(readTerms(writeTerms(terms))).toEqual(terms)
    }),
  )
})

test('every text can be read, and its terms written and read again are the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab:," \\\t') }), (text) => {
      const terms = readTerms(text)
      expect(readTerms(writeTerms(terms))).toEqual(terms)
    }),
  )
})
