/** Short names of units. */
export const units = { millisecond: 'ms', second: 's', minute: 'min', hour: 'h', day: 'd' }
