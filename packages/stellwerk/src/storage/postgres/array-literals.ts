/** PostgreSQL array literal of numbers, rounded to whole ones; null stays NULL, and what is beyond an int8 column of ours is capped at 2^53-1. */
export function numberArray(values: readonly (number | null)[]): string {
  return `{${values.map(numberElement).join(',')}}`
}

/** As {@link numberArray} for values known to be whole, finite and present: no look at each. */
export function wholeNumberArray(values: readonly number[]): string {
  return `{${values.join(',')}}`
}

/** PostgreSQL array literal of booleans. */
export function booleanArray(values: readonly boolean[]): string {
  return `{${values.map((value) => (value ? 't' : 'f')).join(',')}}`
}

/** PostgreSQL array literal of texts; null stays NULL. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map(textElement).join(',')}}`
}

/** PostgreSQL array literal of byte strings, for a bytea[] parameter. */
export function bytesArray(values: readonly Uint8Array[]): string {
  return `{${values.map((bytes) => `"\\\\x${Buffer.from(bytes).toString('hex')}"`).join(',')}}`
}

function numberElement(value: number | null): string {
  if (value === null) return 'NULL'
  return String(Math.round(Math.max(-Number.MAX_SAFE_INTEGER, Math.min(value, Number.MAX_SAFE_INTEGER))))
}

const needsEscape = /["\\]/g

function textElement(value: string | null): string {
  return value === null ? 'NULL' : `"${value.replace(needsEscape, '\\$&')}"`
}
