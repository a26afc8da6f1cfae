import { expect, test } from 'vitest'
import { defineJob } from '../client/define-job.ts'
import { RulesBook } from './rules-book.ts'

test('the dispatch goes before the definition, that before the station, and the product comes last', () => {
  const book = new RulesBook({ tries: 9, timeout: '9s', backoff: '9s' })
  const plain = defineJob({ name: 'plain' })
  const own = defineJob({ name: 'own', tries: 5, timeout: '5s' })
  expect(book.rulesOf(plain, null, 0)).toMatchObject({ tries: 9, timeoutMs: 9_000, failOnTimeout: false })
  expect(book.rulesOf(own, null, 0)).toMatchObject({ tries: 5, timeoutMs: 5_000 })
  expect(book.rulesOf(own, { tries: 1 }, 0)).toMatchObject({ tries: 1, timeoutMs: 5_000 })
  expect(new RulesBook().rulesOf(undefined, null, 0)).toMatchObject({ tries: 3, timeoutMs: 60_000, retryUntil: null })
})

test('a span to retry in ends so long after the dispatch, for each job anew', () => {
  const book = new RulesBook()
  const spanned = defineJob({ name: 'spanned', retryFor: '1m' })
  expect(book.rulesOf(spanned, null, 1_000)).toMatchObject({ retryUntil: 61_000, tries: Number.POSITIVE_INFINITY })
  expect(book.rulesOf(spanned, null, 2_000)).toMatchObject({ retryUntil: 62_000 })
  expect(book.rulesOf(spanned, { tries: 2 }, 1_000)).toMatchObject({ retryUntil: null, tries: 2 })
})

test('the rules of a definition are worked out once', () => {
  const book = new RulesBook()
  const plain = defineJob({ name: 'plain' })
  expect(book.rulesOf(plain, null, 1)).toBe(book.rulesOf(plain, null, 2))
})
