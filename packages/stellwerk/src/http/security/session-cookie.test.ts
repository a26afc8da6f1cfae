import { expect, test } from 'vitest'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.ts'

const plain = { room: '7f3c', secure: false }
const secure = { room: '7f3c', secure: true }

test('over TLS only this host can have set it, and over plain loopback it works all the same', () => {
  expect(setSessionCookie(secure, 'abc')).toBe(
    '__Host-stellwerk-7f3c=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800; Secure',
  )
  expect(setSessionCookie(plain, 'abc')).toBe('stellwerk-7f3c=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=604800')
  expect(clearSessionCookie(secure)).toContain('Max-Age=0')
})

test('ours is found among others', () => {
  expect(readSessionCookie(plain, 'a=1; stellwerk-7f3c=abc; b=2')).toBe('abc')
  expect(readSessionCookie(plain, 'stellwerk-9999=abc')).toBeNull()
  expect(readSessionCookie(plain, 'xstellwerk-7f3c=abc')).toBeNull()
  expect(readSessionCookie(plain, null)).toBeNull()
  expect(readSessionCookie(plain, 'stellwerk-7f3c=')).toBeNull()
})

test('over TLS a cookie with the plain name is not taken', () => {
  expect(readSessionCookie(secure, 'stellwerk-7f3c=planted')).toBeNull()
})

test('two of the same name, one of them planted, are none', () => {
  expect(readSessionCookie(plain, 'stellwerk-7f3c=a; stellwerk-7f3c=b')).toBeNull()
})
