/** A moment as a person writes it: `now`, `-90m`, `2026-03-01`, `2026-03-01T10:30` or with seconds and a zone. */
export type TimeText = string

/** A span of time; null where it is open. `from` is inclusive, `to` exclusive. */
export interface TimeSpan {
  readonly from: TimeText | null
  readonly to: TimeText | null
}

/** Where a moment without a zone is: that of the browser, or UTC. */
export type ReadingZone = 'local' | 'utc'

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const relative = /^-(\d{1,6})([smhdw])$/
const absolute = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/

/** Unix ms of a moment, null where the text is none. `nowMs` is what `now` and `-5m` count from. */
export function resolveTime(text: TimeText, nowMs: number, zone: ReadingZone): number | null {
  if (text === 'now') return nowMs
  const [, amount, unit = ''] = relative.exec(text) ?? []
  if (amount !== undefined) return nowMs - Number(amount) * (unitMs[unit] ?? 0)
  if (!absolute.test(text)) return null
  const withTime = text.includes('T') ? text : `${text}T00:00`
  const named = zone === 'utc' && !/(Z|[+-]\d\d:\d\d)$/.test(withTime) ? `${withTime}Z` : withTime
  const ms = Date.parse(named)
  return Number.isNaN(ms) || !isRealDay(text) ? null : ms
}

/** `-1h..now`, `-1h..`, `..2026-03-01` or `-1h` (since then) as a span; null where it is none. */
export function readSpan(text: string): TimeSpan | null {
  const [first = '', second = '', ...more] = text.split('..')
  if (more.length > 0 || (first === '' && second === '')) return null
  const isMoment = (part: string): boolean => part === '' || resolveTime(part, 0, 'utc') !== null
  if (!isMoment(first) || !isMoment(second) || isBackward(first, second)) return null
  return { from: first === '' ? null : first, to: second === '' ? null : second }
}

/** A span as Unix ms; null where it is open, or ends now. One that ends before it begins is empty, and holds nothing. */
export function resolveSpan(
  span: TimeSpan | null,
  { nowMs, zone }: { readonly nowMs: number; readonly zone: ReadingZone },
): { readonly fromMs: number | null; readonly toMs: number | null } {
  const fromMs = span?.from == null ? null : resolveTime(span.from, nowMs, zone)
  const toMs = span?.to == null || span.to === 'now' ? null : resolveTime(span.to, nowMs, zone)
  return { fromMs, toMs: fromMs !== null && toMs !== null ? Math.max(fromMs, toMs) : toMs }
}

/** Whether it can be seen without a clock that the second moment is the earlier one. */
function isBackward(first: string, second: string): boolean {
  const isRelative = (text: string): boolean => text === 'now' || relative.test(text)
  if (first === '' || second === '' || isRelative(first) !== isRelative(second)) return false
  return (resolveTime(first, 0, 'utc') ?? 0) > (resolveTime(second, 0, 'utc') ?? 0)
}

/** The text of a span; {@link readSpan} reads the same from it. */
export function writeSpan({ from, to }: TimeSpan): string {
  return to === null ? (from ?? '') : `${from ?? ''}..${to}`
}

/** Date.parse takes February 30 for March 2. */
function isRealDay(text: string): boolean {
  const day = text.slice(0, 10)
  const parsed = new Date(`${day}T00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}
