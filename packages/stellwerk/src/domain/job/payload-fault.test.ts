import { expect, test } from 'vitest'
import { firstFault, payloadPath } from './payload-fault.ts'

const careful = { maxBytes: 1000, careful: true }

test('what JSON has in it has no fault', () => {
  expect(firstFault({ a: [1, 'x', null, true, { b: undefined }] }, careful)).toBeUndefined()
})

test('only a careful look reads the texts', () => {
  expect(firstFault(['a\0'], { ...careful, careful: false })).toBeUndefined()
  expect(firstFault(['a\0'], careful)).toMatchObject({ code: 'PAYLOAD_NOT_JSON', path: [0] })
})

class Mail {
  readonly to = 'ada'
  toJSON(): this {
    return this
  }
}

test.each<[string, unknown, string | undefined]>([
  ['itself', new Mail(), undefined],
  ['null', { toJSON: () => null }, undefined],
  ['a text', { toJSON: () => 'ada' }, undefined],
  ['an object with a toJSON that is no function', { toJSON: () => ({ toJSON: 5 }) }, undefined],
  ['another object with a toJSON', { toJSON: () => ({ a: new Mail() }) }, undefined],
  ['NaN', { toJSON: () => Number.NaN }, 'is NaN, which JSON does not have'],
  ['undefined', { toJSON: () => undefined }, 'has a toJSON that gives undefined'],
  [
    'a list with a map',
    { toJSON: () => [new Map()] },
    'is of class Map, of which JSON keeps nothing: convert it first',
  ],
])('what toJSON gives counts: %s', (...[, value, why]) => {
  expect(firstFault({ value }, careful)?.why).toBe(why)
})

test.each([Object('text'), Object(5), Object(true), Object(5n), Object(Symbol('s'))])(
  '%o in a box is refused',
  (value) => {
    expect(firstFault(value, careful)?.why).toContain('of which JSON keeps nothing')
  },
)

test.each<[unknown, readonly (string | number)[] | undefined]>([
  [{ constructor: 'ACME', prototype: 1 }, undefined],
  [{ constructor: null }, undefined],
  [{ constructor: { name: 'ACME' } }, undefined],
  [{ maker: { prototype: 1 } }, undefined],
  [{ a: { constructor: { prototype: null } } }, ['a', 'constructor']],
])('a prototype is refused under the key constructor alone: %j', (value, path) => {
  expect(firstFault(value, careful)?.path).toEqual(path)
})

test.each([[['ab', 'c']], [[1, 2, 3]], [[true]], [{ a: 1 }], [{ key: 'text' }], [[[1], { a: [2] }]]])(
  '%j fits to the last byte, and is refused with one byte less',
  (value) => {
    const bytes = JSON.stringify(value).length
    expect(firstFault(value, { maxBytes: bytes, careful: false })).toBeUndefined()
    expect(firstFault(value, { maxBytes: bytes - 1, careful: false })).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      why: `brings it beyond ${bytes - 1} bytes of JSON: store what is large elsewhere and pass its address`,
    })
  },
)

test('the path leads from the outside in', () => {
  expect(firstFault({ a: [{}, { b: 1n }] }, careful)?.path).toEqual(['a', 1, 'b'])
})

test('odd, long and many steps are shown within bounds', () => {
  expect(payloadPath([])).toBe('$')
  expect(payloadPath(['items', 3, 'odd key', 'a"b'])).toBe('$.items[3]["odd key"]["a\\"b"]')
  expect(payloadPath(['x'.repeat(1000)]).length).toBeLessThan(50)
  expect(payloadPath(Array(10).fill('a'))).toBe('$.a.a.a.a.a.a.a.a.a.a')
  expect(payloadPath(Array(11).fill('a'))).toBe('$.a.a.a.a.a….a.a.a.a')
  expect(payloadPath(Array(60).fill(0))).toBe('$[0][0][0][0][0]…[0][0][0][0]')
})
