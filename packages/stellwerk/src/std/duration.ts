const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof UNIT_MS

const NUMBER = /^\d+(?:\.\d+)?$/
const PARTS = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g

/** What {@link parseDuration} accepts beside a bare number, for error messages. */
export const durationForms = "a number of at least 0, or a text such as '500ms', '30s', '10m', '1h30m' or '2d'"

/**
 * Milliseconds, whole, of a bare number (in `bareUnit`) or of a text such as '1h30m'; spaces around and between the parts are allowed.
 * @throws RangeError naming the value, where it is negative, not finite, beyond 2^53 - 1 ms or not a duration
 */
export function parseDuration(value: number | string, bareUnit: 'ms' | 's'): number {
  const ms = typeof value === 'number' ? value * UNIT_MS[bareUnit] : textMs(value, bareUnit)
  const whole = Math.round(ms)
  if (!(ms >= 0 && whole <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`${shown(value)} is not a duration: give ${durationForms}`)
  }
  return whole
}

/** Shortest text of a duration in at most two units, rounded: '0ms', '850ms', '1.5s', '2m5s', '1h30m', '3d4h'. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return String(ms)
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (ms < 999.5) return `${Math.round(ms)}ms`
  if (ms < 59_950) return `${Math.round(ms / 100) / 10}s`
  const units = ['d', 'h', 'm', 's'] as const
  for (const [at, unit] of units.entries()) {
    const finer = units[at + 1]
    const text = finer && inTwoUnits(ms, unit, finer)
    if (text) return text
  }
  return `${Math.round(ms / 1000)}s`
}

function inTwoUnits(ms: number, unit: Unit, finer: Unit): string | undefined {
  const rounded = Math.round(ms / UNIT_MS[finer]) * UNIT_MS[finer]
  if (rounded < UNIT_MS[unit]) return undefined
  const whole = Math.floor(rounded / UNIT_MS[unit])
  const rest = (rounded - whole * UNIT_MS[unit]) / UNIT_MS[finer]
  return rest === 0 ? `${whole}${unit}` : `${whole}${unit}${rest}${finer}`
}

function textMs(text: string, bareUnit: 'ms' | 's'): number {
  // Bounded first: the pattern below is only ever tried on short text.
  if (text.length > 64) return Number.NaN
  const compact = text.replaceAll(' ', '')
  if (NUMBER.test(compact) && compact === text.trim()) return Number(compact) * UNIT_MS[bareUnit]
  if (!PARTS.test(compact)) return Number.NaN
  let ms = 0
  for (const [, amount, unit] of compact.matchAll(PART)) ms += Number(amount) * UNIT_MS[unit as Unit]
  return ms
}

function shown(value: number | string): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 64)) : String(value)
}
