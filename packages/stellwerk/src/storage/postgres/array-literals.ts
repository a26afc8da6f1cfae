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

const textOid = 25
const headerBytes = 20

/** A text[] parameter in the binary form of the protocol: no side escapes or parses anything, which shows where there are thousands. Not for what goes out as text. */
export function textArrayBytes(values: readonly string[]): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + Buffer.byteLength(value), headerBytes)
  const bytes = Buffer.allocUnsafe(size)
  const header = [1, 0, textOid, values.length, 1]
  let at = 0
  for (const number of header) at = bytes.writeInt32BE(number, at)
  for (const value of values) {
    const length = bytes.write(value, at + 4)
    at = bytes.writeInt32BE(length, at) + length
  }
  return bytes
}
