// Loaded before all else, in every thread: the wall clock of this process goes as the file that STELLWERK_FAULT_CLOCK names says; the monotonic one as ever.
import { readFileSync } from 'node:fs'

/** `aheadMs` at the moment `sinceMs` of the true clock, and from then on this much faster. */
interface Shift {
  readonly aheadMs: number
  readonly rate: number
  readonly sinceMs: number
}

const path = process.env['STELLWERK_FAULT_CLOCK']
const TrueDate = Date
const trueNow = Date.now.bind(Date)
let shift: Shift = { aheadMs: 0, rate: 0, sinceMs: 0 }
let readAtMs = Number.NEGATIVE_INFINITY

function shiftedNow(): number {
  if (path !== undefined && performance.now() - readAtMs > 2) {
    readAtMs = performance.now()
    try {
      shift = JSON.parse(readFileSync(path, 'utf8')) as Shift
    } catch {
      // It is being written: the old one holds for another moment.
    }
  }
  const now = trueNow()
  return Math.trunc(now + shift.aheadMs + shift.rate * (now - shift.sinceMs))
}

class ShiftedDate extends TrueDate {
  constructor(...values: readonly unknown[]) {
    super(...((values.length === 0 ? [shiftedNow()] : values) as [number]))
  }

  static override now(): number {
    return shiftedNow()
  }
}

globalThis.Date = ShiftedDate as DateConstructor
