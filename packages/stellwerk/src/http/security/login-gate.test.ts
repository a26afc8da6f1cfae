import { expect, test } from 'vitest'
import { LoginGate } from './login-gate.ts'

function gate() {
  let now = 0
  const logins = new LoginGate(5, () => now)
  return { logins, pass: (ms: number) => (now += ms) }
}

test('five logins a minute pass, then each refusal doubles the wait, up to 15 minutes', () => {
  const { logins, pass } = gate()
  for (let tries = 0; tries < 5; tries++) expect(logins.attempt('1.2.3.4').allowed).toBe(true)
  expect(logins.attempt('1.2.3.4')).toEqual({ allowed: false, retryAfterMs: 12_000 })
  expect(logins.attempt('1.2.3.4')).toEqual({ allowed: false, retryAfterMs: 24_000 })
  for (let tries = 0; tries < 10; tries++) logins.attempt('1.2.3.4')
  expect(logins.attempt('1.2.3.4')).toEqual({ allowed: false, retryAfterMs: 900_000 })
  pass(899_999)
  expect(logins.attempt('1.2.3.4').allowed).toBe(false)
  pass(900_000)
  expect(logins.attempt('1.2.3.4').allowed).toBe(true)
})

test('one who waits as told gets in, and a login that worked forgets the refusals', () => {
  const { logins, pass } = gate()
  for (let tries = 0; tries < 6; tries++) logins.attempt('1.2.3.4')
  pass(12_000)
  expect(logins.attempt('1.2.3.4').allowed).toBe(true)
  logins.succeed('1.2.3.4')
  expect(logins.attempt('1.2.3.4')).toEqual({ allowed: false, retryAfterMs: 12_000 })
})

test('other addresses are not touched, and a million of them cost bounded memory', () => {
  const { logins } = gate()
  for (let tries = 0; tries < 20; tries++) logins.attempt('1.2.3.4')
  expect(logins.attempt('5.6.7.8').allowed).toBe(true)
})
