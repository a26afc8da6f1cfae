import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactJson } from '../../std/exact-json.ts'
import type { PatchOperation } from '../schemas/stream.ts'
import { diff } from './diff.ts'
import { isObject, toWireForm, type WireObject } from './wire-form.ts'

/** What a viewer does with operations, as the schema describes it. */
function applyPatch(value: unknown, ops: readonly PatchOperation[]): unknown {
  let root = structuredCloneWithoutPrototype(value)
  for (const operation of ops) {
    const [path] = operation
    const last = path.at(-1)
    if (last === undefined) {
      root = operation[1]
      continue
    }
    let place = root as WireObject
    for (const step of path.slice(0, -1)) place = place[step] as WireObject
    if (operation.length === 2) place[last] = operation[1]
    else delete place[last]
  }
  return root
}

function structuredCloneWithoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCloneWithoutPrototype)
  if (!isObject(value)) return value
  const copy: WireObject = Object.create(null)
  for (const [key, part] of Object.entries(value)) copy[key] = structuredCloneWithoutPrototype(part)
  return copy
}

const text = (value: unknown): string => JSON.stringify(value)
const row = fc.record({
  id: fc.constantFrom('1', '2', '3', '__proto__', 'constructor'),
  state: fc.constantFrom('pending', 'failed'),
  waitMs: fc.option(fc.nat(3)),
  parts: fc.array(fc.nat(3), { maxLength: 4 }),
})
const view = fc.record({
  rows: fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 5 }),
  sparkline: fc.array(fc.nat(2), { maxLength: 12 }),
  counts: fc.dictionary(fc.constantFrom('a', '__proto__', 'toString', '$rows', '$order'), fc.nat(2)),
  any: fc.jsonValue(),
})

test('a patch turns any value into any other', () => {
  fc.assert(
    fc.property(view, view, (before, after) => {
      const [from, to] = [toWireForm(before), toWireForm(after)]
      expect(text(sorted(applyPatch(from, diff(from, to))))).toBe(text(sorted(to)))
    }),
    { numRuns: 2_000 },
  )
})

/** The order of keys in an object means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.entries(value)
    .map(([key, part]) => [key, sorted(part)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

test('equal values give no operation', () => {
  fc.assert(fc.property(view, (value) => diff(toWireForm(value), toWireForm(value)).length === 0))
})

test('one figure of one row of a thousand is one short operation', () => {
  const rows = Array.from({ length: 1_000 }, (_, index) => ({ id: String(index), processing: 1 }))
  const changed = rows.with(500, { id: '500', processing: 2 })
  expect(diff(toWireForm({ rows }), toWireForm({ rows: changed }))).toEqual([
    [['rows', '$rows', '500', 'processing'], 2],
  ])
})

test('a row that left and one that came are told with the new order', () => {
  const before = toWireForm({ rows: [{ id: 'a' }, { id: 'b' }] })
  const after = toWireForm({ rows: [{ id: 'c' }, { id: 'a' }] })
  expect(diff(before, after).map((operation) => text(operation))).toEqual([
    '[["rows","$rows","b"]]',
    '[["rows","$rows","c"],{"id":"c"}]',
    '[["rows","$order",0],"c"]',
    '[["rows","$order",1],"a"]',
  ])
})

test('lines that were added are sent alone, figures that moved along are sent whole', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`)
  expect(diff(lines, [...lines, 'one more'])).toEqual([[[50], 'one more']])
  const minutes = Array.from({ length: 60 }, (_, index) => index)
  const moved = [...minutes.slice(1), 60]
  expect(diff(minutes, moved)).toEqual([[[], moved]])
})

test('a list that becomes empty, or whose rows have lost their keys, is replaced', () => {
  const rows = toWireForm([{ id: 'a' }])
  expect(text(diff(rows, toWireForm([])))).toBe('[[[],[]]]')
  expect(text(diff(rows, toWireForm([{ id: 'a' }, { id: 'a' }])))).toBe('[[[],[{"id":"a"},{"id":"a"}]]]')
})

test('clocks that go on are no change; where something beside them changes they come along', () => {
  const station = (uptimeMs: number, processing: number) =>
    toWireForm({ at: `${uptimeMs}`, stations: [{ id: 'a', uptimeMs, processing }] })
  expect(diff(station(1, 0), station(2, 0))).toEqual([])
  expect(diff(station(2, 0), station(3, 1))).toEqual([
    [['stations', '$rows', 'a', 'processing'], 1],
    [['stations', '$rows', 'a', 'uptimeMs'], 3],
    [['at'], '3'],
  ])
})

test('a payload that looks like rows is not taken for rows', () => {
  expect(text(toWireForm({ payload: { $rows: 1, $order: [2], $$rows: 3 } }))).toBe(
    '{"payload":{"$$rows":1,"$order":[2],"$$$rows":3}}',
  )
})

test('a number that keeps its digits is sent with them, and is no change where it is the same', () => {
  const read = (): unknown => toWireForm(parseExactJson('{"payload":{"big":12345678901234567890}}'))
  expect(text(read())).toBe('{"payload":{"big":12345678901234567890}}')
  expect(diff(read(), read())).toEqual([])
  const other = toWireForm(parseExactJson('{"payload":{"big":12345678901234567891}}'))
  expect(text(diff(read(), other))).toBe('[[["payload","big"],12345678901234567891]]')
})
