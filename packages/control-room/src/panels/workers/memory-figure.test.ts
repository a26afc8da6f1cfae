import { expect, test } from 'vitest'
import { memoryTone } from './memory-figure.tsx'

test.for([
  [100, null, 'processing'],
  [100, 512, 'processing'],
  [420, 512, 'retrying'],
  [512, 512, 'failed'],
] as const)('%j of %j bytes are %s', ([bytes, limit, tone]) => {
  expect(memoryTone(bytes, limit)).toBe(tone)
})
