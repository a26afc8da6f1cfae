import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diff } from '../../../../stellwerk/src/http/stream/diff.ts'
import { toWireForm } from '../../../../stellwerk/src/http/stream/wire-form.ts'
import { applyPatch } from './apply-patch.ts'
import { fromWireForm } from './from-wire-form.ts'

/** As the stream brings it: parsed JSON. */
function sent<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}

const row = fc.record({
  id: fc.constantFrom('1', '2', '3', '__proto__', 'constructor'),
  state: fc.constantFrom('pending', 'failed'),
  waitMs: fc.option(fc.nat(3)),
})
const view = fc.record({
  rows: fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 5 }),
  sparkline: fc.array(fc.nat(2), { maxLength: 12 }),
  counts: fc.dictionary(fc.constantFrom('a', 'toString', 'b'), fc.nat(2)),
})

test('what the server tells turns any view into any other', () => {
  fc.assert(
    fc.property(view, view, (before, after) => {
      const [from, to] = [toWireForm(before), toWireForm(after)]
      const patched = applyPatch(sent(from), sent(diff(from, to)))
      expect(fromWireForm(patched)).toEqual(fromWireForm(sent(to)))
      expect(fromWireForm(patched)).toEqual(after)
    }),
    { numRuns: 1_000 },
  )
})

test('a row that did not change is the same object, so that it is not drawn again', () => {
  const before = sent(
    toWireForm({
      queues: [
        { id: 'a', waiting: 1 },
        { id: 'b', waiting: 2 },
      ],
    }),
  )
  const after = applyPatch(before, [[['queues', '$rows', 'b', 'waiting'], 3]])
  const [one, other] = [before, after].map((wire) => (fromWireForm(wire) as { queues: unknown[] }).queues)
  expect(other?.[0]).toBe(one?.[0])
  expect(other?.[1]).toEqual({ id: 'b', waiting: 3 })
  expect(one?.[1]).toEqual({ id: 'b', waiting: 2 })
})

test('a key from outside never reaches a prototype', () => {
  const patched = applyPatch(sent({}), [[['__proto__'], { polluted: true }]])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect(Object.hasOwn(patched as object, '__proto__')).toBe(true)
})
