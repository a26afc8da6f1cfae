/** Where a reader stands; moved by every read. */
export interface Cursor {
  at: number
}

/** Appends a whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first (LEB128). */
export function writeVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
}

/** The next number of {@link writeVarint}. @throws RangeError where the bytes end too early or hold a number beyond 2^53 - 1 */
export function readVarint(bytes: Uint8Array, from: Cursor): number {
  let value = 0
  let scale = 1
  for (;;) {
    const byte = bytes[from.at++]
    if (byte === undefined) throw new RangeError('the bytes of a number are cut off')
    value += (byte & 0x7f) * scale
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number is too large')
    if (byte < 0x80) return value
    scale *= 0x80
  }
}

/** Folds a whole number of either sign into one of at least 0: 0, -1, 1, -2 become 0, 1, 2, 3. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

/** The inverse of {@link zigzag}. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}
