/** Milliseconds on the machine's monotonic clock, the same in every thread and process of one host; unlike performance.now, whose zero is its thread's. */
export function sharedClockMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000
}
