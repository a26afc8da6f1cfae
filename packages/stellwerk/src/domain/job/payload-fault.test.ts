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

test('the path leads from the outside in', () => {
  expect(firstFault({ a: [{}, { b: 1n }] }, careful)?.path).toEqual(['a', 1, 'b'])
})

test('odd, long and many steps are shown within bounds', () => {
  expect(payloadPath([])).toBe('$')
  expect(payloadPath(['items', 3, 'odd key', 'a"b'])).toBe('$.items[3]["odd key"]["a\\"b"]')
  expect(payloadPath(['x'.repeat(1000)]).length).toBeLessThan(50)
  expect(payloadPath(Array(60).fill(0))).toBe('$[0][0][0][0][0]…[0][0][0][0]')
})
