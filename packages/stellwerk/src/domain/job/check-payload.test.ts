import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StellwerkError } from '../errors.ts'
import { checkPayloadText, toPayloadText } from './check-payload.ts'

function refusal(act: () => unknown): StellwerkError {
  try {
    act()
  } catch (error) {
    if (error instanceof StellwerkError) return error
    throw error
  }
  throw new Error('was not refused')
}

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

test.each([
  ['', 'is empty'],
  [' \n ', 'is empty'],
  ['"abc', 'is not valid JSON at character 5'],
  ['{"a":1', 'is not valid JSON at character 7'],
  ['{"password":"hunter2",}', 'is not valid JSON at character 23'],
  ['["\ud800', 'is not valid text at character 4'],
])('of the text %j, which is not quoted, only the place is said', (text, why) => {
  const error = refusal(() => checkPayloadText(text))
  expect(error).toMatchObject({
    code: 'PAYLOAD_NOT_JSON',
    message: `the payload ${why}`,
    details: { where: '$', why },
  })
})

test.each([
  ['lists within lists, behind other members', '[1,'.repeat(65), 193],
  ['objects within objects', '{"a":'.repeat(65), 321],
  ['behind texts that hold brackets, quotes and backslashes', `["]]","\\"]","\\\\",${'['.repeat(64)}`, 81],
])('a text is refused at the bracket that opens level 65: %s', (...[, text, character]) => {
  const why = `is nested more than 64 levels deep at character ${character}`
  expect(refusal(() => checkPayloadText(text))).toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
    message: `the payload ${why}`,
    details: { where: '$', why },
  })
})

test.each([
  ['a hundred lists side by side', Array.from({ length: 100 }, () => [])],
  ['a hundred objects side by side', Array.from({ length: 100 }, () => ({}))],
  ['a hundred brackets within texts', { open: '['.repeat(100), odd: `"\\"${'{['.repeat(50)}` }],
])('brackets that go no deeper are accepted: %s', (...[, value]) => {
  expect(checkPayloadText(JSON.stringify(value))).toEqual(value)
})

test('what is not the same when it is read again is refused rather than lost', () => {
  const made: unknown[] = [{ a: 1 }]
  const fickle = { toJSON: () => made.pop() }
  expect(refusal(() => toPayloadText(fickle))).toMatchObject({
    code: 'PAYLOAD_NOT_JSON',
    message: 'the payload is undefined, which JSON does not have',
  })
})

test('a member that throws is told with the place where reading began', () => {
  const error = refusal(() => toPayloadText({ toJSON: () => expect.unreachable() }, { what: 'result' }))
  expect(error).toMatchObject({
    message: 'the result cannot be read: one of its members throws when it is read',
    details: { where: '$', why: 'cannot be read: one of its members throws when it is read' },
  })
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

test('an instance is stored by its members, whatever they are called and whatever it is worth', () => {
  class Money {
    readonly cents = 500
    valueOf(): number {
      return this.cents
    }
  }
  expect(toPayloadText(new Money())).toBe('{"cents":500}')
  expect(toPayloadText(Object.assign(new Money(), { valueOf: 5 }))).toBe('{"cents":500,"valueOf":5}')
  expect(toPayloadText({ valueOf: 5, toJSON: 6 })).toBe('{"valueOf":5,"toJSON":6}')
  expect(toPayloadText(Object.assign(Object.create(Object.create(null)), { a: 1 }))).toBe('{"a":1}')
})

test('64 levels, 10,000 keys and the very last byte are accepted', () => {
  expect(toPayloadText(JSON.parse('['.repeat(64) + ']'.repeat(64)))).toHaveLength(128)
  const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, 1]))
  expect(toPayloadText(keys)).toHaveLength(JSON.stringify(keys).length)
  expect(toPayloadText('x'.repeat(262_142))).toHaveLength(262_144)
  expect(checkPayloadText(JSON.stringify('x'.repeat(262_142)))).toHaveLength(262_142)
  expect(checkPayloadText(JSON.stringify(`${'€'.repeat(87_380)}xx`))).toHaveLength(87_382)
})

test('no limit above one mebibyte is granted', () => {
  const error = refusal(() => toPayloadText('x'.repeat(2_000_000), { maxBytes: 10_000_000 }))
  expect(error.message).toContain('1,048,576 bytes')
})
