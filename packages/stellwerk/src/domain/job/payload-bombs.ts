import type { ErrorCode } from '../errors.ts'

/** A payload that must be refused with `code`: a value as an application passes it, or a text as it comes from outside. For tests only. */
export type PayloadBomb = { readonly name: string; readonly code: ErrorCode } & (
  | { readonly kind: 'value'; readonly make: () => unknown }
  | { readonly kind: 'text'; readonly make: () => string }
)

const MIB = 1_048_576

function value(name: string, code: ErrorCode, make: () => unknown): PayloadBomb {
  return { kind: 'value', name, code, make }
}

function text(name: string, code: ErrorCode, make: () => string): PayloadBomb {
  return { kind: 'text', name, code, make }
}

function nested(levels: number): unknown {
  let inner: unknown = 1
  for (let level = 0; level < levels; level++) inner = level % 2 === 0 ? [inner] : { inner }
  return inner
}

function cyclic(length: number): unknown {
  const first: Record<string, unknown> = {}
  let last = first
  for (let at = 1; at < length; at++) {
    const next: Record<string, unknown> = {}
    last.next = next
    last = next
  }
  last.next = first
  return first
}

/** 2^60 leaves in 60 objects. */
function doubling(): unknown {
  let inner: unknown = 1
  for (let level = 0; level < 60; level++) inner = [inner, inner]
  return inner
}

function poisoned(json: string): unknown {
  return JSON.parse(json)
}

function cyclicList(): unknown {
  const list: unknown[] = []
  list.push(list)
  return { list }
}

const throwing = new Proxy(
  {},
  {
    ownKeys: () => {
      throw new Error('trap')
    },
  },
)

/** What is too large. */
const oversized: readonly PayloadBomb[] = [
  text('a million opening brackets', 'PAYLOAD_TOO_LARGE', () => '['.repeat(1_000_000)),
  text('200,000 opening brackets', 'PAYLOAD_TOO_LARGE', () => '['.repeat(200_000)),
  text('100,000 balanced brackets', 'PAYLOAD_TOO_LARGE', () => '['.repeat(100_000) + ']'.repeat(100_000)),
  text('65 balanced brackets', 'PAYLOAD_TOO_LARGE', () => '['.repeat(65) + ']'.repeat(65)),
  text('20,000 nested objects', 'PAYLOAD_TOO_LARGE', () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  text('brackets behind a text with an escaped quote', 'PAYLOAD_TOO_LARGE', () => `["\\"",${'['.repeat(70)}`),
  text('a text of one byte too many', 'PAYLOAD_TOO_LARGE', () => JSON.stringify('x'.repeat(262_143))),
  text('three-byte characters beyond the bytes', 'PAYLOAD_TOO_LARGE', () => JSON.stringify('€'.repeat(100_000))),
  text('20,001 keys', 'PAYLOAD_TOO_LARGE', () => `{${Array.from({ length: 20_001 }, (_, at) => `"${at}":1`).join()}}`),
  text('spaces beyond the bytes', 'PAYLOAD_TOO_LARGE', () => ' '.repeat(300_000)),
  value('a megabyte of text', 'PAYLOAD_TOO_LARGE', () => 'x'.repeat(MIB)),
  value('a text that only its escapes make too long', 'PAYLOAD_TOO_LARGE', () => '\u0001'.repeat(50_000)),
  value('65 levels', 'PAYLOAD_TOO_LARGE', () => nested(65)),
  value('a million levels', 'PAYLOAD_TOO_LARGE', () => nested(1_000_000)),
  value('10,001 keys', 'PAYLOAD_TOO_LARGE', () =>
    Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`k${at}`, 1])),
  ),
  value('10,001 keys in small objects', 'PAYLOAD_TOO_LARGE', () => Array.from({ length: 10_001 }, () => ({ a: 1 }))),
  value('2^60 leaves in 60 lists', 'PAYLOAD_TOO_LARGE', doubling),
  value('one long text ten thousand times', 'PAYLOAD_TOO_LARGE', () => Array(10_000).fill('x'.repeat(1_000_000))),
]

/** What JSON does not have. */
const notJson: readonly PayloadBomb[] = [
  value('undefined', 'PAYLOAD_NOT_JSON', () => undefined),
  value('a function', 'PAYLOAD_NOT_JSON', () => () => 1),
  value('a function among the members', 'PAYLOAD_NOT_JSON', () => ({ a: { b: () => 1 } })),
  value('a class', 'PAYLOAD_NOT_JSON', () => ({ type: class {} })),
  value('a symbol', 'PAYLOAD_NOT_JSON', () => ({ a: Symbol('s') })),
  value('a BigInt', 'PAYLOAD_NOT_JSON', () => ({ id: 2n ** 70n })),
  value('NaN', 'PAYLOAD_NOT_JSON', () => ({ a: [Number.NaN] })),
  value('infinity', 'PAYLOAD_NOT_JSON', () => Number.POSITIVE_INFINITY),
  value('undefined in a list', 'PAYLOAD_NOT_JSON', () => [1, undefined]),
  value('a list with holes', 'PAYLOAD_NOT_JSON', () => Array(3)),
  value('a list of 2^32 - 1 holes', 'PAYLOAD_TOO_LARGE', () => Array(2 ** 32 - 1)),
  value('a map', 'PAYLOAD_NOT_JSON', () => ({ users: new Map([['a', 1]]) })),
  value('a set', 'PAYLOAD_NOT_JSON', () => new Set([1])),
  value('a promise', 'PAYLOAD_NOT_JSON', () => ({ user: Promise.resolve(1) })),
  value('an error', 'PAYLOAD_NOT_JSON', () => ({ error: new Error('lost') })),
  value('a regular expression', 'PAYLOAD_NOT_JSON', () => [/x/]),
  value('bytes', 'PAYLOAD_NOT_JSON', () => ({ file: new Uint8Array(8) })),
  value('an array buffer', 'PAYLOAD_NOT_JSON', () => new ArrayBuffer(8)),
  value('a boxed NaN', 'PAYLOAD_NOT_JSON', () => Object(Number.NaN)),
  value('an invalid date', 'PAYLOAD_NOT_JSON', () => ({ at: new Date('never') })),
  value('a toJSON that gives a function', 'PAYLOAD_NOT_JSON', () => ({ toJSON: () => () => 1 })),
  value('a toJSON that throws', 'PAYLOAD_NOT_JSON', () => ({
    toJSON: () => {
      throw new Error('no')
    },
  })),
  value('a getter that throws', 'PAYLOAD_NOT_JSON', () => ({
    get a() {
      throw new Error('no')
    },
  })),
  value('a proxy that throws', 'PAYLOAD_NOT_JSON', () => ({ throwing })),
  value('an object that contains itself', 'PAYLOAD_NOT_JSON', () => cyclic(1)),
  value('a list that contains itself', 'PAYLOAD_NOT_JSON', cyclicList),
  value('a circle of forty objects', 'PAYLOAD_NOT_JSON', () => cyclic(40)),
]

/** Texts that no store, or only one of them, takes, and keys that poison. */
const harmful: readonly PayloadBomb[] = [
  text('nothing', 'PAYLOAD_NOT_JSON', () => ''),
  text('half an object', 'PAYLOAD_NOT_JSON', () => '{"a":'),
  text('two values', 'PAYLOAD_NOT_JSON', () => '1 2'),
  text('a number beyond the doubles', 'PAYLOAD_NOT_JSON', () => '{"a":1e999}'),
  text('a raw NUL', 'PAYLOAD_NOT_JSON', () => '{"a":"\0"}'),
  text('an escaped NUL', 'PAYLOAD_NOT_JSON', () => '{"a":"\\u0000"}'),
  text('a raw lone surrogate', 'PAYLOAD_NOT_JSON', () => '["\ud800"]'),
  text('an escaped lone surrogate', 'PAYLOAD_NOT_JSON', () => '["\\udc00\\ud800"]'),
  text('an escaped NUL in a key', 'PAYLOAD_NOT_JSON', () => '{"\\u0000":1}'),
  text('__proto__ behind an escape', 'PAYLOAD_NOT_JSON', () => '{"a":[{"\\u005f_proto__":{"admin":true}}]}'),
  text('constructor.prototype', 'PAYLOAD_NOT_JSON', () => '{"constructor":{"prototype":{"admin":true}}}'),
  value('a NUL', 'PAYLOAD_NOT_JSON', () => ({ a: 'b\0' })),
  value('a lone surrogate in a key', 'PAYLOAD_NOT_JSON', () => ({ 'a\ud83d': 1 })),
  value('an own __proto__', 'PAYLOAD_NOT_JSON', () => poisoned('{"a":{"__proto__":{"admin":true}}}')),
  value('an own constructor.prototype', 'PAYLOAD_NOT_JSON', () => poisoned('{"constructor":{"prototype":1}}')),
]

/** Sixty payloads that every face and both stores refuse with the same code (fault X17). */
export const payloadBombs: readonly PayloadBomb[] = [...oversized, ...notJson, ...harmful]
