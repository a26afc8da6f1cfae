import { isExactNumber } from '../../std/exact-json.ts'
import { rowKeys } from './row-key.ts'

/** An object of the wire form. It has no prototype, so that any key is a key. */
export type WireObject = { [key: string]: unknown }

/** Whether `value` is an object that is no array, and no number that keeps its digits. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value)
}

/**
 * `value` (plain JSON) as it is sent: arrays of rows as `{ $rows, $order }`, without fields that are undefined. Copies; nothing is shared with `value`.
 * A key `$rows` of the value itself gets one more `$`, so that no payload looks like rows.
 */
export function toWireForm(value: unknown): unknown {
  if (Array.isArray(value)) return wireArray(value)
  if (!isObject(value)) return value
  const copy: WireObject = Object.create(null)
  for (const [key, part] of Object.entries(value))
    if (part !== undefined) copy[/^\$+rows$/.test(key) ? `$${key}` : key] = toWireForm(part)
  return copy
}

function wireArray(array: readonly unknown[]): unknown {
  const keys = rowKeys(array)
  if (keys === null) return array.map((element) => toWireForm(element))
  const rows: WireObject = Object.create(null)
  for (const [index, key] of keys.entries()) rows[key] = toWireForm(array[index])
  const form: WireObject = Object.create(null)
  form['$rows'] = rows
  form['$order'] = keys
  return form
}
