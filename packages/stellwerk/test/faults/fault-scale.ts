/** How much a fault test does: a number for each of the three sizes of RELIABILITY.md 2.2. */
export interface FaultFigures<T> {
  readonly npm: T
  readonly ci: T
  readonly release: T
}

/** The figure that STELLWERK_FAULTS asks for: `ci`, `release`, else the tenth or less of every test run. */
export function faultFigure<T>(figures: FaultFigures<T>): T {
  const wanted = process.env['STELLWERK_FAULTS'] ?? 'npm'
  return wanted === 'ci' || wanted === 'release' ? figures[wanted] : figures.npm
}

/** The seed of this run: STELLWERK_SEED where one is to be repeated, else a new one. It is printed, since a failure is repeated with it. */
export function faultSeed(fault: string): number {
  const given = Number(process.env['STELLWERK_SEED'])
  const seed = Number.isSafeInteger(given) && given > 0 ? given : Math.floor(Math.random() * 0x7fff_ffff) + 1
  report(fault, { seed })
  return seed
}

/** Prints the figures of a fault on one line. */
export function report(fault: string, figures: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${fault} ${JSON.stringify(figures)}\n`)
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
