import type { Units } from './units.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Below the first, the span is written with one unit, and a fraction; above, with two whole units. */
const pairs = [
  { below: HOUR, large: MINUTE, small: SECOND, names: ['minute', 'second'] },
  { below: DAY, large: HOUR, small: MINUTE, names: ['hour', 'minute'] },
  { below: Number.POSITIVE_INFINITY, large: DAY, small: HOUR, names: ['day', 'hour'] },
] as const

/** A span for people, never longer than two units: 0.4 s, 42 s, 2 min 14 s, 3 h 5 min, 2 d 3 h. Below 10 ms: 3 ms. No line ends between a figure and its unit. */
export function formatDuration(ms: number, numbers: Intl.NumberFormat, units: Units): string {
  if (ms < 100) return `${numbers.format(Math.round(ms))}\u00a0${units.millisecond}`
  if (ms < 10 * SECOND) return `${numbers.format(Math.round(ms / 100) / 10)}\u00a0${units.second}`
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)}\u00a0${units.second}`
  const pair = pairs.find(({ below }) => ms < below) ?? pairs[2]
  const [large, small] = pair.names
  const rest = Math.floor((ms % pair.large) / pair.small)
  const whole = `${numbers.format(Math.floor(ms / pair.large))}\u00a0${units[large]}`
  return rest === 0 ? whole : `${whole} ${rest}\u00a0${units[small]}`
}
