import { expect, test } from 'vitest'
import { redactAddress } from './redact-address.ts'

test('the password of an address is never shown, whatever it holds', () => {
  expect(redactAddress('postgres://ada:geheim@db/app')).toBe('postgres://ada:***@db/app')
  expect(redactAddress('postgres://ada:ge@he:i/m@db/app')).toBe('postgres://ada:***@db/app')
  expect(redactAddress('postgres://db/app?user=ada&password=geheim&sslmode=require')).toBe(
    'postgres://db/app?user=ada&password=***&sslmode=require',
  )
})

test('an address without a password stays as it is', () => {
  for (const address of ['sqlite:/srv/a:b.db', 'postgres://ada@db:5432/app', 'postgres://db:5432/app'])
    expect(redactAddress(address)).toBe(address)
})
