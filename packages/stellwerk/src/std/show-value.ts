import { inspect } from 'node:util'

/** Any value as one line for people, bounded in depth and length: circles are marked, getters and custom inspectors are not called. Never throws. */
export function showValue(value: unknown): string {
  try {
    return inspect(value, {
      depth: 2,
      maxArrayLength: 10,
      maxStringLength: 1000,
      breakLength: Number.POSITIVE_INFINITY,
      customInspect: false,
    })
  } catch {
    return 'a value that cannot be read'
  }
}
