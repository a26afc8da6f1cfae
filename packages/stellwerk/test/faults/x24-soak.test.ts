import { describe, expect, onTestFinished, test } from 'vitest'
import { faultFigure, report } from './fault-scale.ts'
import { LineProcess } from './line-process.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import type { SoakSample, SoakSetup } from './x24/soak-sample.ts'

const mebibyte = 1024 * 1024
/** How long, and how many MiB more at the end than in the middle are still no growth: 1 MiB per hour, and what a short run cannot tell from noise. */
const figure = faultFigure({
  npm: { forMs: 10_000, mebibytes: 12 },
  ci: { forMs: 600_000, mebibytes: 8 },
  release: { forMs: 86_400_000, mebibytes: 12 },
})

/** Half of a sample's peers are larger. */
function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}

/** The most that was seen of each kind of resource. */
function mostOf(samples: readonly SoakSample[]): Readonly<Record<string, number>> {
  const most: Record<string, number> = {}
  for (const { kinds, fds } of samples) {
    for (const [kind, count] of Object.entries({ ...kinds, fds: fds ?? 0 }))
      most[kind] = Math.max(most[kind] ?? 0, count)
  }
  return most
}

/** What is held at most in `later` and was not in `earlier`. */
function grown(earlier: readonly SoakSample[], later: readonly SoakSample[]): readonly string[] {
  const before = mostOf(earlier)
  return Object.entries(mostOf(later))
    .filter(([kind, count]) => count > (before[kind] ?? 0))
    .map(([kind, count]) => `${kind}: ${before[kind] ?? 0} before, ${count} later`)
}

describe.each(storeKinds)('%s', (kind) => {
  test('X24: a station that works, idles and retries keeps its memory, descriptors, handles and timers', {
    timeout: figure.forMs + 100_000,
  }, async () => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const setup: SoakSetup = { address: database.address, stateDir: database.folder, forMs: figure.forMs }
    const soak = new LineProcess<SoakSample>(new URL('./x24/soak-process.ts', import.meta.url), setup, ['--expose-gc'])
    onTestFinished(() => soak.abort())
    await soak.finish()

    const samples = soak.said
    const third = Math.floor(samples.length / 3)
    const last = samples.at(-1)
    expect(samples.length, 'rounds').toBeGreaterThan(8)
    expect(last?.retried, 'the fault fired: there were retries').toBeGreaterThan(samples.length)
    // Connections of a pool come and go by themselves: the two halves are compared by the most that each held.
    const half = Math.ceil(samples.length / 2)
    expect(grown(samples.slice(0, half), samples.slice(half)), 'descriptors, handles and timers').toEqual([])
    const growth = (of: (sample: SoakSample) => number): number =>
      Number(
        ((median(samples.slice(-third).map(of)) - median(samples.slice(third, 2 * third).map(of))) / mebibyte).toFixed(
          2,
        ),
      )
    const [rssMiB, heapMiB] = [growth(({ rss }) => rss), growth(({ heapUsed }) => heapUsed)]
    const memory = { rssMiB, heapMiB, fds: last?.fds, timers: last?.kinds['Timeout'] ?? 0 }
    report('X24', { store: kind, fired: last?.retried, jobs: last?.jobs, rounds: samples.length, ...memory })
    expect(rssMiB, 'resident memory').toBeLessThan(figure.mebibytes)
    expect(heapMiB, 'heap').toBeLessThan(figure.mebibytes / 3)
  })
})
