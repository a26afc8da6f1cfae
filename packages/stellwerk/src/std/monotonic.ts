/** Milliseconds on a clock that never jumps, from an arbitrary start: for durations, never for times of day. */
export function monotonicMs(): number {
  return performance.now()
}
