import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStorable } from '../../std/well-formed.ts'
import { describeFailure, ownFrames } from './describe-failure.ts'

class PaymentRefused extends Error {}

function refuse(): never {
  throw new Error('trap')
}

const hostileProxy = new Proxy(
  Object.assign(() => 1, {}),
  {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
  },
)

const plain: readonly (readonly [name: string, thrown: unknown, errorClass: string, message: string])[] = [
  ['undefined', undefined, 'undefined', 'undefined'],
  ['null', null, 'null', 'null'],
  ['a string', 'no luck', 'string', 'no luck'],
  ['a number', 42, 'number', '42'],
  ['a symbol', Symbol('x'), 'symbol', 'Symbol(x)'],
  ['an object', { code: 7 }, 'Object', '{ code: 7 }'],
  [
    'an object without prototype',
    Object.assign(Object.create(null), { a: 1 }),
    'object',
    '[Object: null prototype] { a: 1 }',
  ],
  ['an error', new TypeError('wrong'), 'TypeError', 'wrong'],
  ['an error of a class that sets no name', new PaymentRefused('poor'), 'PaymentRefused', 'poor'],
  ['a frozen error', Object.freeze(new RangeError('ice')), 'RangeError', 'ice'],
]

test.each(plain)('%s is described', (...[, thrown, errorClass, message]) => {
  expect(describeFailure(thrown)).toMatchObject({ kind: 'error', errorClass, message, causes: [] })
})

test.each([
  ['its own name', Object.assign(new Error('x'), { name: 'HttpError' }), 'HttpError'],
  ['its class, where its name is empty', Object.assign(new PaymentRefused('x'), { name: '' }), 'PaymentRefused'],
  ['its class, where its name is no text', Object.assign(new PaymentRefused('x'), { name: 7 }), 'PaymentRefused'],
  ['Error, where its class has no name', new (class extends Error {})('x'), 'Error'],
  ['Error, where its class is no text', Object.assign(new Error('x'), { constructor: { name: 7 } }), 'Error'],
  ['what it is, where nothing has a name', Object.assign(Object.create(null), { name: '' }), 'object'],
  ['the class that was thrown in place of an instance', PaymentRefused, 'PaymentRefused'],
  ['a name cut to 200 bytes', Object.assign(new Error('x'), { name: 'N'.repeat(201) }), `${'N'.repeat(197)}…`],
])('an error is told by %s', (...[, thrown, errorClass]) => {
  expect(describeFailure(thrown).errorClass).toBe(errorClass)
})

test('the stack is kept as it was thrown', () => {
  const error = new Error('x')
  expect(describeFailure(error).stack).toBe(error.stack)
  expect(describeFailure('x').stack).toBeNull()
})

test('an error that is its own cause has none', () => {
  const error = new Error('x')
  error.cause = error
  expect(describeFailure(error).causes).toEqual([])
})

test('a list of errors that cannot be read does not hide the cause', () => {
  const { proxy: errors, revoke } = Proxy.revocable([], {})
  revoke()
  const error = Object.assign(new Error('x', { cause: 'why' }), { errors })
  expect(describeFailure(error).causes).toEqual([{ errorClass: 'string', message: 'why' }])
})

test('what lies beyond 65,536 characters is not read, though a secret before it takes most of them', () => {
  expect(describeFailure(`password=${'x'.repeat(65_500)} seen ${'y'.repeat(100)}`).message).toMatch(
    /^password=\*\*\* seen y{21}$/,
  )
})

test('the kind is the caller’s word', () => {
  expect(describeFailure(Object.assign(new Error('x'), { code: '23505' })).kind).toBe('error')
  expect(describeFailure(new Error('x'), 'database').kind).toBe('database')
})

test('a chain of causes is kept outermost first, ends in a circle, and is capped', () => {
  const root = new Error('root')
  const middle = new TypeError('middle', { cause: root })
  root.cause = middle
  expect(describeFailure(new Error('top', { cause: middle })).causes).toEqual([
    { errorClass: 'TypeError', message: 'middle' },
    { errorClass: 'Error', message: 'root' },
  ])
  let long = new Error('0')
  for (let at = 1; at < 1000; at++) long = new Error(String(at), { cause: long })
  expect(describeFailure(long).causes.map((cause) => cause.message)).toEqual(
    '998 997 996 995 994 993 992 991'.split(' '),
  )
})

test('the errors of an AggregateError are among its causes', () => {
  const error = new AggregateError([new Error('one', { cause: 'why' }), 'two'], 'both')
  expect(describeFailure(error).causes.map((cause) => cause.message)).toEqual(['one', 'why', 'two'])
})

test('getters that throw, stacks that are no text, and circular errors are survived', () => {
  const error = new Error('x')
  Object.defineProperty(error, 'message', { get: refuse })
  Object.defineProperty(error, 'stack', { value: 42 })
  Object.defineProperty(error, 'cause', { get: refuse })
  expect(describeFailure(error)).toMatchObject({ errorClass: 'Error', stack: null, causes: [] })
  const circular: Record<string, unknown> = { self: null }
  circular.self = circular
  expect(describeFailure(circular).message).toContain('[Circular *1]')
})

test('a proxy that throws at every touch is described', () => {
  expect(describeFailure(hostileProxy)).toMatchObject({
    kind: 'error',
    errorClass: 'function',
    stack: null,
    causes: [],
  })
  expect(describeFailure(new Error('x', { cause: hostileProxy })).causes).toHaveLength(1)
})

test('huge texts are cut', () => {
  const failure = describeFailure(new Error('€'.repeat(5_000_000)))
  expect(Buffer.byteLength(failure.message)).toBeLessThanOrEqual(4096)
  expect(Buffer.byteLength(failure.stack ?? '')).toBeLessThanOrEqual(16_384)
})

test('a password appears nowhere', () => {
  const cause = new Error('connect postgres://app:hunter2@db/x')
  const error = new Error(`${'x'.repeat(4080)} postgres://app:hunter2@db`, { cause })
  expect(JSON.stringify(describeFailure(error))).not.toContain('hunter')
})

test('whatever is thrown, the description is storable and capped', () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
      fc.string(),
      (cause, text) => {
        const failure = describeFailure(new Error(text, { cause }))
        const direct = describeFailure(cause)
        for (const line of [
          failure.message,
          failure.errorClass,
          direct.message,
          direct.errorClass,
          failure.stack ?? '',
        ]) {
          expect(isStorable(line)).toBe(true)
        }
      },
    ),
  )
})

test('own frames leave out Node and dependencies', () => {
  const stack = [
    'Error: x',
    '    at send (file:///app/src/mail.ts:3:9)',
    '    at Socket.emit (node:events:500:28)',
    '    at run (/app/node_modules/lib/index.js:1:1)',
    '    at new Promise (<anonymous>)',
    '    at <anonymous>',
    '    at async handle (C:\\app\\jobs.ts:9:1)',
    '    at Object.<anonymous> (/app/a.ts:1:1)',
    '    at four (/app/a.ts:2:1)',
  ].join('\n')
  expect(ownFrames(stack)).toEqual([
    'at send (file:///app/src/mail.ts:3:9)',
    'at async handle (C:\\app\\jobs.ts:9:1)',
    'at Object.<anonymous> (/app/a.ts:1:1)',
  ])
  expect(ownFrames(null)).toEqual([])
  expect(ownFrames(stack, 1)).toHaveLength(1)
})
