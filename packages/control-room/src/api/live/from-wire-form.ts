import type { WireRows } from '../../../../stellwerk/src/http/schemas/stream.ts'

const known = new WeakMap<object, unknown>()

function isRows(value: object): value is WireRows {
  return '$rows' in value && '$order' in value
}

function plainOf(value: object): unknown {
  if (Array.isArray(value)) return value.map(fromWireForm)
  if (isRows(value)) return value.$order.map((key) => fromWireForm(value.$rows[key]))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromWireForm(part)]))
}

/** A value of the stream in the form of the GET that it mirrors. The same object comes back for the same object. */
export function fromWireForm(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const before = known.get(value)
  if (before !== undefined) return before
  const plain = plainOf(value)
  known.set(value, plain)
  return plain
}
