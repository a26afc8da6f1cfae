import type { PatchOperation, PatchPath } from '../../../../stellwerk/src/http/schemas/stream.ts'

/** An object of the wire. It has no prototype, so that any text is a key. */
type WireObject = { [key: string]: unknown }

function copyOf(value: unknown): WireObject | unknown[] {
  if (Array.isArray(value)) return [...value]
  return Object.assign(Object.create(null) as WireObject, value)
}

function changed(value: unknown, path: PatchPath, operation: PatchOperation): unknown {
  const [step, ...rest] = path
  if (step === undefined) return operation[1]
  const copy = copyOf(value) as WireObject
  if (rest.length === 0 && operation.length === 1) delete copy[step]
  else copy[step] = changed(copy[step], rest, operation)
  return copy
}

/**
 * The value after the operations, in the wire form. What no operation touches is the same object as before, so that rows
 * that did not change are not drawn again.
 */
export function applyPatch(value: unknown, ops: readonly PatchOperation[]): unknown {
  return ops.reduce((current: unknown, operation) => changed(current, operation[0], operation), value)
}
