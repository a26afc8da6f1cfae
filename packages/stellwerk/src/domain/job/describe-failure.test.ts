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
    '    at async handle (C:\\app\\jobs.ts:9:1)',
    '    at three (/app/a.ts:1:1)',
    '    at four (/app/a.ts:2:1)',
  ].join('\n')
  expect(ownFrames(stack)).toEqual([
    'at send (file:///app/src/mail.ts:3:9)',
    'at async handle (C:\\app\\jobs.ts:9:1)',
    'at three (/app/a.ts:1:1)',
  ])
  expect(ownFrames(null)).toEqual([])
  expect(ownFrames(stack, 1)).toHaveLength(1)
})
