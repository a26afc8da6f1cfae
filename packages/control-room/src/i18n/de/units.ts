import type { Messages } from '../messages.ts'

/** Short names of units. */
export const units: Messages['units'] = { millisecond: 'ms', second: 's', minute: 'min', hour: 'h', day: 'd' }
