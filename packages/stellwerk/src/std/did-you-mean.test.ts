import { expect, test } from 'vitest'
import { didYouMean, nearestWord } from './did-you-mean.ts'

test('a swap, a slip and a missing letter find their word', () => {
  expect(nearestWord('retyr', ['retry', 'work'])).toBe('retry')
  expect(nearestWord('concurency', ['concurrency', 'queue'])).toBe('concurrency')
  expect(nearestWord('QUEUE', ['queues', 'queue'])).toBe('queue')
})

test('a word far from all known ones finds none', () => {
  expect(nearestWord('banana', ['retry', 'work'])).toBeNull()
  expect(didYouMean('banana', ['retry'])).toBe('')
  expect(didYouMean('wrok', ['retry', 'work'])).toBe("; did you mean 'work'?")
})
