import { isExactNumber } from '../../std/exact-json.ts'
import { redactSecrets } from '../job/redact-secrets.ts'

/** What stands in place of a value that is not shown. */
export const redacted = '[redacted]'

/** Anywhere in a name, without its separators: none of these is part of an ordinary word. */
const TELLING =
  /passw(?:or)?d|passphrase|secret|authori[sz]ation|apikey|accesskey|privatekey|signingkey|encryptionkey|credential|connectionstring|creditcard|cardnumber|cookie|token$/
/** As a word of a name: `card` is one in `bankCard`, and none in `discard`. */
const WORDS = new Set([
  'pwd',
  'token',
  'card',
  'iban',
  'cvc',
  'cvv',
  'dsn',
  'jwt',
  'otp',
  'pin',
  'ssn',
  'authorization',
  'bearer',
])
/** Where a name runs from one word into the next: `apiKey`, `APIKey`, `api_key`, `api-key`. */
const SEAMS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}\p{N}]+/u
/** Deeper than any payload may be; what comes from elsewhere is cut there. */
const deepest = 200

/**
 * A JSON value as it may be shown to people: what stands under a telling name (`password`, `api_key`, `accessToken`, `iban`...) becomes '[redacted]' as a whole,
 * and texts lose the passwords of addresses and the values of pairs such as `password=...`. Everything else stays as it is; the value itself is not touched. Pure.
 */
export function redactJson(value: unknown): unknown {
  return redactAt(value, 0)
}

/** Whether what stands under this name is not for every eye. */
export function isTellingName(name: string): boolean {
  const words = name.split(SEAMS).map((word) => word.toLowerCase())
  return words.some((word) => WORDS.has(word)) || TELLING.test(words.join(''))
}

function redactAt(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactSecrets(value)
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value
  if (depth >= deepest) return redacted
  if (Array.isArray(value)) return value.map((item) => redactAt(item, depth + 1))
  // fromEntries makes own properties of every name, '__proto__' too.
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      item !== null && isTellingName(name) ? redacted : redactAt(item, depth + 1),
    ]),
  )
}
