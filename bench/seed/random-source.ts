/** Numbers of one seed, the same every time. */
export interface RandomSource {
  /** From 0 to just below 1. */
  next(): number
  /** Log-normal: half of them lie below `median`. */
  logNormal(median: number, spread: number): number
}

/** Park and Miller's minimal standard generator, and normal numbers after Box and Muller. */
export function createRandom(seed: number): RandomSource {
  let state = (seed % 2_147_483_646) + 1
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647
    return (state - 1) / 2_147_483_646
  }
  const logNormal = (median: number, spread: number): number => {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return median * Math.exp(spread * normal)
  }
  return { next, logNormal }
}
