const FIRST_MS = 500
const LONGEST_MS = 30_000

/** Pause before the attempt after `failures` failed ones: doubling up to 30 s, any point of its second half. `random` is in [0, 1). */
export function backoff(failures: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.round(longest * (0.5 + random / 2))
}
