import { expect, test } from 'vitest'
import { judgeSkew } from './clock-skew.ts'

test.each([
  [0, 'fine'],
  [2_000, 'fine'],
  [-2_000, 'fine'],
  [2_001, 'warn'],
  [-2_001, 'warn'],
  [30_000, 'warn'],
  [30_001, 'alarm'],
  [-30_001, 'alarm'],
] as const)('a server that is %d ms ahead is %s', (skewMs, verdict) => {
  expect(judgeSkew(skewMs)).toBe(verdict)
})
