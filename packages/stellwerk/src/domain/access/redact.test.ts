import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTellingName, redactJson } from './redact.ts'

const canary = 'c4n4ry-b1rd'

test.each([
  'password',
  'PASSWORD',
  'passwd',
  'pwd',
  'db_password',
  'userPassword',
  'newpasswords',
  'token',
  'accessToken',
  'access_token',
  'accesstoken',
  'X-CSRF-Token',
  'secret',
  'clientSecret',
  'Authorization',
  'proxy-authorization',
  'cookie',
  'Set-Cookie',
  'api_key',
  'apiKey',
  'APIKEY',
  'x-api-key',
  'access_key',
  'AWSAccessKeyId',
  'privateKey',
  'private-key-pem',
  'connectionString',
  'connection_string',
  'card',
  'card_number',
  'bankCard',
  'IBAN',
  'customerIban',
  'cvv',
  'dsn',
])('%s is a telling name', (name) => {
  expect(isTellingName(name)).toBe(true)
})

test.each([
  'discard',
  'cardinality',
  'postcards',
  'tokens',
  'maxTokens',
  'tokenizer',
  'author',
  'authorId',
  'key',
  'keyboard',
  'monkey',
  'passenger',
  'pass',
  'pinned',
  'secondary',
  'id',
  'to',
  '',
])('%s is none', (name) => {
  expect(isTellingName(name)).toBe(false)
})

test('what stands under a telling name goes as a whole, the rest stays', () => {
  const shown = redactJson({
    to: 'ada@example.org',
    auth: { password: canary, user: 'ada' },
    cookies: [{ session_cookie: canary }],
    token: { nested: { deep: canary } },
    secret: [canary, 1],
    pin: 1234,
    passwd: null,
    enabled: true,
  })
  expect(shown).toEqual({
    to: 'ada@example.org',
    auth: { password: '[redacted]', user: 'ada' },
    cookies: '[redacted]',
    token: '[redacted]',
    secret: '[redacted]',
    pin: '[redacted]',
    passwd: null,
    enabled: true,
  })
})

test('texts lose the passwords of addresses and the values of pairs', () => {
  expect(redactJson([`postgres://app:${canary}@db/app`, 'https://example.org/a?b=1', `apiKey=${canary}`])).toEqual([
    'postgres://app:***@db/app',
    'https://example.org/a?b=1',
    'apiKey=***',
  ])
  expect(JSON.stringify(redactJson({ body: `{"password":"${canary}"}` }))).not.toContain(canary)
})

const separated = fc.constantFrom('', '_', '-', ' ', '.')
/** Telling names in every case, joined to other words. */
const tellingName = fc
  .tuple(
    fc.constantFrom('', 'user', 'db', 'x'),
    separated,
    fc.constantFrom(
      'password',
      'passwd',
      'secret',
      'authorization',
      'api key',
      'access key',
      'private key',
      'connection string',
    ),
    separated,
  )
  .chain(([before, seam, name, inner]) => {
    const joined = `${before}${before === '' ? '' : seam}${name.replaceAll(' ', inner)}`
    return fc.constantFrom(joined, joined.toUpperCase(), joined.charAt(0).toUpperCase() + joined.slice(1))
  })
const secretValue = fc.oneof(
  fc.constant(canary),
  fc.array(fc.constant(canary), { minLength: 1 }),
  fc.record({ value: fc.constant(canary), more: fc.array(fc.constant({ value: canary })) }),
)
/** JSON with the canary under telling names alone, at any depth. */
const jsonWithSecrets = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .tuple(
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
        fc.dictionary(tellingName, secretValue, { maxKeys: 2 }),
      )
      .map(([plain, secret]) => ({ ...plain, ...secret })),
  ),
})).tree

test('no canary under a telling name is ever shown, at whatever depth and however it is spelt', () => {
  fc.assert(
    fc.property(jsonWithSecrets, (value) => {
      const before = JSON.stringify(value)
      expect(JSON.stringify(redactJson(value))).not.toContain(canary)
      expect(JSON.stringify(value)).toBe(before)
    }),
    { numRuns: 500 },
  )
})

test('redacting twice changes nothing more, and what holds no secret stays as it is', () => {
  const plain = fc
    .jsonValue()
    .filter(
      (value) =>
        !/pass|secret|token|auth|key|cookie|card|iban|cred|pwd|pin|dsn|cvc|cvv|jwt|otp|ssn|bearer|:\/\/|=/i.test(
          JSON.stringify(value),
        ),
    )
  fc.assert(
    fc.property(plain, (value) => {
      expect(redactJson(value)).toEqual(value)
    }),
  )
  fc.assert(
    fc.property(jsonWithSecrets, (value) => {
      const once = redactJson(value)
      expect(redactJson(once)).toEqual(once)
    }),
  )
})

test('names that mean something to JavaScript are names like any other', () => {
  const hostile: unknown = JSON.parse(`{"__proto__":{"polluted":1},"constructor":{"password":"${canary}"}}`)
  expect(JSON.stringify(redactJson(hostile))).toBe(
    '{"__proto__":{"polluted":1},"constructor":{"password":"[redacted]"}}',
  )
  expect('polluted' in {}).toBe(false)
})

test('what is nested beyond reason is cut, and costs no stack', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(5_000)}"${canary}"${']'.repeat(5_000)}`)
  expect(JSON.stringify(redactJson(deep))).not.toContain(canary)
})
