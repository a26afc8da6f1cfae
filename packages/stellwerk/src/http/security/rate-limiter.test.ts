import { expect, test } from 'vitest'
import { RateLimiter } from './rate-limiter.ts'

function limiter(perSecond: number, burst: number) {
  let now = 0
  const rates = new RateLimiter({ perSecond, burst }, () => now)
  return { rates, pass: (ms: number) => (now += ms) }
}

test('a burst passes, then as many as the rate says', () => {
  const { rates, pass } = limiter(100, 200)
  for (let taken = 0; taken < 200; taken++) expect(rates.take('ada').allowed).toBe(true)
  expect(rates.take('ada')).toEqual({ allowed: false, retryAfterMs: 10 })
  pass(10)
  expect(rates.take('ada').allowed).toBe(true)
  expect(rates.take('ada').allowed).toBe(false)
  pass(1_000_000)
  for (let taken = 0; taken < 200; taken++) expect(rates.take('ada').allowed).toBe(true)
  expect(rates.take('ada').allowed).toBe(false)
})

test('one client does not use up what another may', () => {
  const { rates } = limiter(1, 1)
  expect(rates.take('ada').allowed).toBe(true)
  expect(rates.take('ada').allowed).toBe(false)
  expect(rates.take('ben').allowed).toBe(true)
})

test('looking takes nothing', () => {
  const { rates } = limiter(1, 1)
  expect(rates.peek('ada').allowed).toBe(true)
  expect(rates.take('ada').allowed).toBe(true)
  expect(rates.peek('ada')).toEqual({ allowed: false, retryAfterMs: 1_000 })
})

test('memory is bounded, and who comes often is not forgotten', () => {
  const { rates } = limiter(0.001, 1)
  rates.take('ada')
  for (let other = 0; other < 100_000; other++) {
    rates.take(`other ${other}`)
    if (other % 4_000 === 0) expect(rates.take('ada').allowed).toBe(false)
  }
  expect(rates.size).toBeLessThanOrEqual(10_000)
})
