import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StellwerkError } from '../errors.ts'
import { checkPayloadText, type PayloadLimits, toPayloadText } from './check-payload.ts'
import { type PayloadBomb, payloadBombs } from './payload-bombs.ts'

function refusal(act: () => unknown): StellwerkError {
  try {
    act()
  } catch (error) {
    if (error instanceof StellwerkError) return error
    throw error
  }
  throw new Error('was not refused')
}

function refusalOfBomb(bomb: PayloadBomb, limits?: PayloadLimits): StellwerkError {
  return bomb.kind === 'value'
    ? refusal(() => toPayloadText(bomb.make(), limits))
    : refusal(() => checkPayloadText(bomb.make(), limits))
}

test('there are sixty bombs, each with a name of its own', () => {
  expect(new Set(payloadBombs.map((bomb) => bomb.name)).size).toBe(60)
})

test.each(payloadBombs)('$name is refused with $code', (bomb) => {
  const error = refusalOfBomb(bomb)
  expect(error.code).toBe(bomb.code)
  expect(error.message).toMatch(/^the payload /)
  expect(error.message.length).toBeLessThan(300)
})

test('a million brackets below the largest size are refused for their depth, not by the parser', () => {
  const error = refusal(() => checkPayloadText('['.repeat(1_000_000), { maxBytes: 1_048_576 }))
  expect(error.code).toBe('PAYLOAD_TOO_LARGE')
  expect(error.message).toBe('the payload is nested more than 64 levels deep at character 65')
})

test.each<[string, unknown, string]>([
  ['$.a.b[1]', { a: { b: [1, () => 1] } }, 'the payload at $.a.b[1] is a function, which JSON does not have'],
  ['$["odd key"]', { 'odd key': Number.NaN }, 'the payload at $["odd key"] is NaN, which JSON does not have'],
  ['$.users', { users: new Map() }, 'the payload at $.users is of class Map, of which JSON keeps nothing'],
  ['$.name', { name: 'a\0b' }, 'the payload at $.name contains a NUL character'],
  ['$.a.__proto__', JSON.parse('{"a":{"__proto__":1}}'), 'the payload at $.a.__proto__ is a key that would replace'],
])('a refusal names %s and why', (where, value, message) => {
  const error = refusal(() => toPayloadText(value))
  expect(error.message).toContain(message)
  expect(error.details.where).toBe(where)
})

test('a value that contains itself is named where the circle begins', () => {
  const child: Record<string, unknown> = {}
  child.parent = { child }
  const error = refusal(() => toPayloadText({ list: [child] }))
  expect(error.message).toBe('the payload at $.list[0] contains itself')
})

test('a result is called a result', () => {
  expect(refusal(() => toPayloadText(5n, { what: 'result' })).message).toBe(
    'the result is a BigInt, which JSON does not have',
  )
})

test('the parser never quotes the text it refuses', () => {
  const error = refusal(() => checkPayloadText('{"password":"hunter2",}'))
  expect(error.message).toMatch(/^the payload is not valid JSON at character \d+$/)
})

test('what is accepted is stored as JSON.stringify writes it and comes back equal', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      const accepted = JSON.stringify(value)
      fc.pre(!/\\u0000|\\ud[89a-f]|"__proto__"|"prototype"/.test(accepted))
      expect(toPayloadText(value)).toBe(accepted)
      expect(checkPayloadText(accepted)).toEqual(JSON.parse(accepted))
    }),
  )
})

test('whatever is thrown at it, the answer is a text within the limits or a coded refusal', () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withNullPrototype: true,
        withSparseArray: true,
      }),
      (value) => {
        try {
          const text = toPayloadText(value, { maxBytes: 200 })
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200)
          expect(JSON.stringify(checkPayloadText(text))).toBe(text)
        } catch (error) {
          if (!(error instanceof StellwerkError)) throw error
          expect(['PAYLOAD_TOO_LARGE', 'PAYLOAD_NOT_JSON']).toContain(error.code)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('dates, optional members, class instances and control characters are accepted', () => {
  class Address {
    readonly city = 'Köln'
  }
  const at = new Date(0)
  expect(toPayloadText({ at, note: undefined, address: new Address(), bell: '\u0007' })).toBe(
    '{"at":"1970-01-01T00:00:00.000Z","address":{"city":"Köln"},"bell":"\\u0007"}',
  )
  expect(toPayloadText(Object.assign(Object.create(null), { constructor: 'ACME', prototype: 1 }))).toBe(
    '{"constructor":"ACME","prototype":1}',
  )
})

test('64 levels, 10,000 keys and the very last byte are accepted', () => {
  expect(toPayloadText(JSON.parse('['.repeat(64) + ']'.repeat(64)))).toHaveLength(128)
  const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, 1]))
  expect(toPayloadText(keys)).toHaveLength(JSON.stringify(keys).length)
  expect(toPayloadText('x'.repeat(262_142))).toHaveLength(262_144)
  expect(checkPayloadText(JSON.stringify('€'.repeat(87_380)))).toHaveLength(87_380)
})

test('no limit above one mebibyte is granted', () => {
  const error = refusal(() => toPayloadText('x'.repeat(2_000_000), { maxBytes: 10_000_000 }))
  expect(error.message).toContain('1,048,576 bytes')
})
