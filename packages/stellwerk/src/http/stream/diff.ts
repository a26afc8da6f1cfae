import { isExactNumber } from '../../std/exact-json.ts'
import type { PatchOperation } from '../schemas/stream.ts'
import { isObject } from './wire-form.ts'

type Path = readonly (string | number)[]

/** Fields that only say how much time has passed, or that it is now: a viewer's own clock counts them on. They are told only where something beside them changed. */
const clockFields: ReadonlySet<string> = new Set(['at', 'uptimeMs', 'leaseLeftMs', 'forMs', 'lastSeenAt'])

/** What turns `before` into `after`, both in the wire form; empty where they are equal, or only their clocks went on. */
export function diff(before: unknown, after: unknown): readonly PatchOperation[] {
  const ops: PatchOperation[] = []
  compare([], [before, after], ops)
  return ops
}

function compare(path: Path, [before, after]: readonly [unknown, unknown], ops: PatchOperation[]): void {
  if (Object.is(before, after) || isSameNumber(before, after)) return
  if (isObject(before) && isObject(after)) compareObjects(path, [before, after], ops)
  else if (Array.isArray(before) && Array.isArray(after)) compareArrays(path, [before, after], ops)
  else ops.push([path, after])
}

function isSameNumber(before: unknown, after: unknown): boolean {
  return isExactNumber(before) && isExactNumber(after) && JSON.stringify(before) === JSON.stringify(after)
}

type Fields = Readonly<Record<string, unknown>>

function compareObjects(path: Path, [before, after]: readonly [Fields, Fields], ops: PatchOperation[]): void {
  const known = ops.length
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) ops.push([[...path, key]])
  for (const [key, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, key)) ops.push([[...path, key], value])
    else if (!clockFields.has(key)) compare([...path, key], [before[key], value], ops)
  }
  if (ops.length > known) compareClocks(path, [before, after], ops)
}

function compareClocks(path: Path, [before, after]: readonly [Fields, Fields], ops: PatchOperation[]): void {
  for (const key of clockFields)
    if (Object.hasOwn(before, key) && Object.hasOwn(after, key)) compare([...path, key], [before[key], after[key]], ops)
}

/** Element by element where few differ, else whole: a list of lines that grew, or figures that moved along, is cheaper so. */
function compareArrays(
  path: Path,
  [before, after]: readonly [readonly unknown[], readonly unknown[]],
  ops: PatchOperation[],
): void {
  if (before.length > after.length) return void ops.push([path, after])
  const own: PatchOperation[] = []
  for (const [index, value] of after.entries()) {
    if (index >= before.length) own.push([[...path, index], value])
    else compare([...path, index], [before[index], value], own)
  }
  const isMuch = own.length > 4 && own.length > after.length / 3 && before.length > 0
  if (isMuch) ops.push([path, after])
  else ops.push(...own)
}
