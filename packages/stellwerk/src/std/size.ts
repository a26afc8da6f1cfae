const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1_048_576, gb: 1_073_741_824 }
const SIZE = /^(\d+(?:\.\d+)?) ?(b|kb|mb|gb)?$/i

/** What {@link parseSize} accepts, for error messages. */
export const sizeForms = "a number of bytes, or a text such as '256kb' or '1mb' (1kb = 1024 bytes)"

/** Whole bytes of a number or of a text such as '256kb'. @throws RangeError naming the value, where it is neither */
export function parseSize(value: number | string): number {
  const bytes = typeof value === 'number' ? value : textBytes(value)
  if (!Number.isSafeInteger(bytes) || bytes < 0)
    throw new RangeError(`${JSON.stringify(value)} is not a size: give ${sizeForms}`)
  return bytes
}

/** Shortest text of a size: '0 B', '512 B', '1.5 KB', '12 MB'. */
export function formatSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 || value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} ${units[unit]}`
}

function textBytes(text: string): number {
  const match = text.length > 32 ? null : SIZE.exec(text.trim())
  return match === null
    ? Number.NaN
    : Math.round(Number(match[1]) * (UNIT_BYTES[(match[2] ?? '').toLowerCase()] ?? Number.NaN))
}
