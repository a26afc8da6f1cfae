import { isStorable } from '../std/well-formed.ts'

/** Whether a value is what it should be: whoever sent it may have sent anything. */
export type Check = (value: unknown) => boolean

/** What the fields of an object must be. */
export type Shape<Fields> = { readonly [Field in keyof Fields]-?: Check }

const mostWhole = 2_147_483_647

/** A time, a span or a size: a number that every store takes. */
export const isAmount: Check = (value) => typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER

/** A number of things. */
export const isWhole: Check = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= mostWhole

/** An id of a job. */
export const isId: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0

export const isBoolean: Check = (value) => typeof value === 'boolean'

/** A text that every store takes as it is, of at most so many bytes in UTF-8. */
export function textOf(maxBytes: number): Check {
  return (value) => typeof value === 'string' && isStorable(value) && Buffer.byteLength(value) <= maxBytes
}

/** One of a few words. */
export function oneOf(words: readonly unknown[]): Check {
  return (value) => words.includes(value)
}

export function orNull(check: Check): Check {
  return (value) => value === null || check(value)
}

/** That, or nothing said. */
export function orMissing(check: Check): Check {
  return (value) => value === undefined || check(value)
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

/** An object whose fields are these; what else it has is nobody's. */
export function objectOf(shape: Readonly<Record<string, Check>>): Check {
  return (value) => isObject(value) && faultyField(value, shape) === undefined
}

/** An object of any kind, but no array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first field that is not what it should be. */
export function faultyField(
  value: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, Check>>,
): string | undefined {
  return Object.entries(shape).find(([field, check]) => !check(value[field]))?.[0]
}
