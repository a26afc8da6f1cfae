import { isStorable, wellFormed } from '../../std/well-formed.ts'

/** Levels of lists and objects that a payload may have. */
export const MAX_DEPTH = 64
/** Keys that a payload may have in all its objects together. */
export const MAX_KEYS = 10_000

/** Why a value cannot be stored, and where: keys and list positions from the outside in. */
export interface PayloadFault {
  readonly code: 'PAYLOAD_TOO_LARGE' | 'PAYLOAD_NOT_JSON'
  readonly why: string
  readonly path: readonly (string | number)[]
}

/** `careful` also looks into each text and key; without it only kinds, depth, keys and a lower bound of the size are looked at. */
export interface WalkOptions {
  readonly maxBytes: number
  readonly careful: boolean
}

interface Walk extends WalkOptions {
  keys: number
  /** A lower bound of the bytes so far. */
  bytes: number
}

interface Found {
  readonly code: PayloadFault['code']
  why: string
  readonly path: (string | number)[]
  /** The object that lay too deep: if it is met again on the way out, the value contains itself. */
  readonly deepest?: object
}

/**
 * The first reason why `value` cannot be stored as JSON, undefined where there is none. Calls toJSON and getters, which may throw.
 * Bounded by the limits whatever the value: never deeper than 64 levels, never longer than the bytes allowed.
 */
export function firstFault(value: unknown, options: WalkOptions): PayloadFault | undefined {
  const found = look(value, 0, { ...options, keys: 0, bytes: 0 })
  if (found === undefined) return undefined
  return { code: found.code, why: found.why, path: found.path.toReversed() }
}

/** A path as it is shown: `$.items[3].name`, `$["odd key"]`; long ones are cut in the middle. */
export function payloadPath(path: readonly (string | number)[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return /^[A-Za-z_$][\w$]{0,39}$/.test(step) ? `.${step}` : `[${JSON.stringify(wellFormed(step, 40))}]`
  })
  return `$${steps.length > 10 ? [...steps.slice(0, 5), '…', ...steps.slice(-4)].join('') : steps.join('')}`
}

function look(value: unknown, depth: number, walk: Walk): Found | undefined {
  switch (typeof value) {
    case 'string':
      walk.bytes += value.length + 2
      return walk.careful ? textFault(value) : undefined
    case 'number':
      walk.bytes += 1
      return Number.isFinite(value) ? undefined : notJson(`is ${value}, which JSON does not have`)
    case 'boolean':
      walk.bytes += 4
      return undefined
    case 'object':
      return value === null ? undefined : lookInto(value, depth, walk)
    default:
      return notJson(`is ${kindOf(value)}, which JSON does not have`)
  }
}

function lookInto(value: object, depth: number, walk: Walk): Found | undefined {
  if (depth >= MAX_DEPTH) {
    return { code: 'PAYLOAD_TOO_LARGE', why: `is nested more than ${MAX_DEPTH} levels deep`, path: [], deepest: value }
  }
  const found = convertsItself(value) ? converted(value, depth, walk) : members(value, depth, walk)
  if (found?.deepest === value) {
    found.path.length = 0
    found.why = 'contains itself'
    return { ...found, code: 'PAYLOAD_NOT_JSON' }
  }
  return found
}

interface ConvertsItself {
  toJSON(key: string): unknown
}

function convertsItself(value: object): value is ConvertsItself {
  return 'toJSON' in value && typeof value.toJSON === 'function'
}

/** What toJSON makes of it, of which JSON.stringify does not ask toJSON again. */
function converted(value: ConvertsItself, depth: number, walk: Walk): Found | undefined {
  const made = value.toJSON('')
  if (value instanceof Date && made === null) return notJson('is an invalid date')
  if (made === undefined) return notJson('has a toJSON that gives undefined')
  return typeof made === 'object' && made !== null ? members(made, depth, walk) : look(made, depth, walk)
}

function members(value: object, depth: number, walk: Walk): Found | undefined {
  if (Array.isArray(value)) return inList(value, depth, walk)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null && losesAll(value)) {
    return notJson(`is ${kindOf(value)}, of which JSON keeps nothing: convert it first`)
  }
  return inObject(value as Readonly<Record<string, unknown>>, depth, walk)
}

function inList(list: readonly unknown[], depth: number, walk: Walk): Found | undefined {
  walk.bytes += list.length + 1
  for (let at = 0; at < list.length; at++) {
    if (walk.bytes > walk.maxBytes) return tooLong(walk)
    const found = look(list[at], depth + 1, walk)
    if (found !== undefined) {
      found.path.push(at)
      return found
    }
  }
  return walk.bytes > walk.maxBytes ? tooLong(walk) : undefined
}

function inObject(object: Readonly<Record<string, unknown>>, depth: number, walk: Walk): Found | undefined {
  const keys = Object.keys(object)
  walk.keys += keys.length
  if (walk.keys > MAX_KEYS) {
    return { code: 'PAYLOAD_TOO_LARGE', why: `has more than ${MAX_KEYS.toLocaleString('en-US')} keys in all`, path: [] }
  }
  walk.bytes += 2
  for (const key of keys) {
    const member = object[key]
    // JSON leaves out undefined members, as optional fields expect.
    if (member === undefined) continue
    walk.bytes += key.length + 3
    const found = (walk.careful ? keyFault(key, member) : undefined) ?? look(member, depth + 1, walk)
    if (found !== undefined) {
      found.path.push(key)
      return found
    }
    if (walk.bytes > walk.maxBytes) return tooLong(walk)
  }
  return undefined
}

function textFault(text: string): Found | undefined {
  if (text.includes('\0')) return notJson('contains a NUL character, which PostgreSQL cannot store')
  return text.isWellFormed() ? undefined : notJson('contains half of a surrogate pair: it is not valid Unicode')
}

function keyFault(key: string, member: unknown): Found | undefined {
  if (!isStorable(key)) return notJson('is a key with a NUL character or half of a surrogate pair')
  if (key === '__proto__') return notJson('is a key that would replace the prototype of its object')
  const poisons =
    key === 'constructor' && typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype')
  return poisons
    ? notJson('has a prototype under the key constructor, which could reach into other objects')
    : undefined
}

/** Objects that JSON.stringify turns into {} or into something that is not their content: primitives in a box, too. */
function losesAll(value: object): boolean {
  return (
    value instanceof Map ||
    value instanceof Set ||
    value instanceof WeakMap ||
    value instanceof WeakSet ||
    value instanceof Promise ||
    value instanceof RegExp ||
    value instanceof Error ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    isBoxed(value)
  )
}

/** A primitive that an object holds: new Number(5). */
function isBoxed(value: object): boolean {
  return (
    value instanceof Number ||
    value instanceof String ||
    value instanceof Boolean ||
    value instanceof BigInt ||
    value instanceof Symbol
  )
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'undefined'
  if (typeof value === 'bigint') return 'a BigInt'
  if (typeof value === 'object' && value !== null) return `of class ${wellFormed(String(value.constructor.name), 40)}`
  return `a ${typeof value}`
}

function tooLong(walk: Walk): Found {
  const limit = walk.maxBytes.toLocaleString('en-US')
  return {
    code: 'PAYLOAD_TOO_LARGE',
    why: `brings it beyond ${limit} bytes of JSON: store what is large elsewhere and pass its address`,
    path: [],
  }
}

function notJson(why: string): Found {
  return { code: 'PAYLOAD_NOT_JSON', why, path: [] }
}
