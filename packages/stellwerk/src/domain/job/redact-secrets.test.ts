import { expect, test } from 'vitest'
import { redactSecrets } from './redact-secrets.ts'

test.each([
  ['connect postgres://app:s3cr3t@db:5432/x failed', 'connect postgres://app:***@db:5432/x failed'],
  ['redis://:pa@ss@host', 'redis://:***@host'],
  ['host=db password=hunter2 user=app', 'host=db password=*** user=app'],
  ["PASSWORD = 'two words' next", 'PASSWORD = *** next'],
  ['{"apiKey":"abc","id":1}', '{"apiKey":***,"id":1}'],
  ['/callback?access_token=abc&next=1', '/callback?access_token=***&next=1'],
  ['Authorization: Bearer abc.def', 'Authorization: ***'],
  ['db_password=x;y=1', 'db_password=***;y=1'],
])('%s', (text, redacted) => {
  expect(redactSecrets(text)).toBe(redacted)
})

test.each([
  "Unexpected token '}', ... is not valid JSON",
  'see https://example.org:8080/path for the token: it has run out',
  'password is missing',
])('%s stays as it is', (text) => {
  expect(redactSecrets(text)).toBe(text)
})

test.each([
  'a://'.repeat(16_000),
  'password'.repeat(8000),
  `a://b:${'x'.repeat(64_000)}`,
  '"token'.repeat(10_000),
  '-'.repeat(64_000),
])('hostile text %# of 64 KiB costs little', (text) => {
  const before = performance.now()
  redactSecrets(text)
  expect(performance.now() - before).toBeLessThan(1500)
})
