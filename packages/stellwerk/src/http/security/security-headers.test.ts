import { expect, test } from 'vitest'
import { securityHeaders } from './security-headers.ts'

test('without a word nothing foreign is loaded, nothing inline runs, and no frame shows the room', () => {
  const headers = securityHeaders({})
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  )
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('frames can be allowed by name; the older header, which knows no names, is left out then', () => {
  const headers = securityHeaders({ frameAncestors: ["'self'", 'https://portal.example.com'] })
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self' https://portal.example.com;")
  expect(headers).not.toHaveProperty('x-frame-options')
})
