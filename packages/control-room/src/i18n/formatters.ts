import { formatDuration } from './format-duration.ts'
import type { Language } from './languages.ts'
import type { Units } from './units.ts'

/** Writes figures for people. What is null is an en dash. */
export interface Formatters {
  /** 12,431 */
  number(value: number | null): string
  /** 1.2M, from 1,000,000 on; the whole number below, which both languages write alike. */
  compact(value: number | null): string
  /** 0.125 as 12.5 %. */
  percent(ratio: number | null): string
  /** 134000 as 2 min 14 s. */
  duration(ms: number | null): string
  /** 15.6 MB; a megabyte is 1,048,576 bytes, as where limits are configured. */
  bytes(bytes: number | null): string
  /** 03:12:44 */
  time(at: string | number | Date): string
  /** 03:12 */
  minute(at: string | number | Date): string
  /** Day, month, year and time to the second. */
  dateTime(at: string | number | Date): string
  /** The time of today, day and time of another day. `now` in Unix ms. */
  recent(at: string | number | Date, now: number): string
}

/** What stands for a figure that is not known. */
export const UNKNOWN = '–'

interface FormatterChoices {
  readonly language: Language
  readonly units: Units
  /** undefined = the browser's. */
  readonly timeZone: string | undefined
}

const SIZES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes themselves are written out: what the languages call short for them is the word. */
function createSizes(locale: string, numbers: Intl.NumberFormat): (bytes: number) => string {
  const styles = SIZES.map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 }),
  )
  return (bytes) => {
    const power = bytes < 1024 ? 0 : Math.min(SIZES.length, Math.floor(Math.log2(bytes) / 10))
    return styles[power - 1]?.format(bytes / 1024 ** power) ?? `${numbers.format(bytes)} B`
  }
}

function createTimes(
  locale: string,
  timeZone: string | undefined,
): Pick<Formatters, 'time' | 'minute' | 'dateTime' | 'recent'> {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  const time = new Intl.DateTimeFormat(locale, { ...clock, second: '2-digit' })
  const minute = new Intl.DateTimeFormat(locale, clock)
  const dateTime = new Intl.DateTimeFormat(locale, {
    ...clock,
    second: '2-digit',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const dayAndTime = new Intl.DateTimeFormat(locale, { ...clock, day: 'numeric', month: 'short' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone })
  return {
    time: (at) => time.format(new Date(at)),
    minute: (at) => minute.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    recent(at, now) {
      const when = new Date(at)
      return day.format(when) === day.format(new Date(now)) ? time.format(when) : dayAndTime.format(when)
    },
  }
}

/** Formatters for a language and a time zone; making them is slow, using them is not. */
export function createFormatters({ language, units, timeZone }: FormatterChoices): Formatters {
  // English as most engineers write it: day before month would be read two ways, 12-hour clocks too.
  const locale = language
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const sizes = createSizes(locale, number)
  const known =
    <Value>(write: (value: Value) => string) =>
    (value: Value | null) =>
      value === null ? UNKNOWN : write(value)
  return {
    number: known((value: number) => number.format(value)),
    compact: known((value: number) => (Math.abs(value) < 1_000_000 ? number : compact).format(value)),
    percent: known((ratio: number) => percent.format(ratio)),
    duration: known((ms: number) => formatDuration(ms, number, units)),
    bytes: known(sizes),
    ...createTimes(locale, timeZone),
  }
}
