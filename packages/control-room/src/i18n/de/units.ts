import type { Units } from '../units.ts'

/** Short names of units. */
export const units: Units = { millisecond: 'ms', second: 's', minute: 'min', hour: 'h', day: 'Tg.' }
