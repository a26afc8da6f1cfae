const hourMs = 3_600_000

/** Work by hour of the day (UTC): quiet at night, a peak before and after noon. */
const byHour = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 9, 11, 12, 11, 10, 8, 6, 5, 4, 4, 3, 2]
/** By weekday, Sunday first. */
const byWeekday = [0.3, 1, 1.05, 1.1, 1.05, 0.95, 0.4]

/** One hour of the history: its start, Unix ms, how long it lasts, and how many jobs ended in it. */
export interface SeededHour {
  readonly start: number
  readonly lengthMs: number
  readonly jobs: number
}

/** Spreads `jobs` over the `days` before `now` by the hours of the day and the days of the week; the sum is exact, the last hour ends at `now`. Pure. */
export function spreadOverHours(jobs: number, days: number, now: number): readonly SeededHour[] {
  const last = Math.floor(now / hourMs) * hourMs
  const starts = Array.from({ length: days * 24 }, (_, index) => last - (days * 24 - 1 - index) * hourMs)
  const weights = starts.map((start) => weightAt(start) * (start === last ? (now - last) / hourMs : 1))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let weighed = 0
  let given = 0
  return starts.map((start, index) => {
    weighed += weights[index] ?? 0
    const until = index === starts.length - 1 ? jobs : Math.round((jobs * weighed) / whole)
    const hour = { start, lengthMs: start === last ? now - last : hourMs, jobs: until - given }
    given = until
    return hour
  })
}

function weightAt(start: number): number {
  const at = new Date(start)
  return (byHour[at.getUTCHours()] ?? 1) * (byWeekday[at.getUTCDay()] ?? 1)
}
