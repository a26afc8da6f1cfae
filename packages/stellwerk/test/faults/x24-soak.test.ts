import { describe, expect, test } from 'vitest'
import { faultFigure, report } from './fault-scale.ts'
import { LineProcess } from './line-process.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import type { Holdings, SoakSample, SoakSetup } from './x24/soak-sample.ts'

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

/** How many of a kind of resource each sample held. */
function countsOf(samples: readonly Holdings[], kind: string): readonly number[] {
  return samples.map(({ kinds, fds }) => (kind === 'fds' ? (fds ?? 0) : (kinds[kind] ?? 0)))
}

/** How many connections or timers more may be there for a moment, and how many in half of the samples: what leaks grows with every round, and passes both. */
const bystanders = { atMost: 2, mostly: 1 }

/** Of what the later half held more, mostly or at most. What waits for the next turn of the event loop is there or not by chance. */
function grown(samples: readonly Holdings[]): readonly string[] {
  const half = Math.ceil(samples.length / 2)
  const kinds = new Set(['fds', ...samples.flatMap((sample) => Object.keys(sample.kinds))])
  return [...kinds].flatMap((kind) => {
    const [before, later] = [countsOf(samples.slice(0, half), kind), countsOf(samples.slice(half), kind)]
    const isMostlyMore = kind !== 'Immediate' && median(later) > median(before) + bystanders.mostly
    return isMostlyMore || Math.max(...later) > Math.max(...before) + bystanders.atMost
      ? [`${kind}: ${before.join(' ')} before, ${later.join(' ')} later`]
      : []
  })
}

/** How much more the last third held than the middle one, MiB. */
function growth(samples: readonly Holdings[], of: (holdings: Holdings) => number): number {
  const third = Math.floor(samples.length / 3)
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(-third)]
  return Number(((median(last.map(of)) - median(middle.map(of))) / mebibyte).toFixed(2))
}

/** Neither memory nor descriptors, handles and timers of a process grow; returns the figures. */
function expectFlat(who: string, samples: readonly Holdings[]) {
  const last = samples.at(-1)
  const [rssMiB, heapMiB] = [growth(samples, ({ rss }) => rss), growth(samples, ({ heapUsed }) => heapUsed)]
  expect(grown(samples), `descriptors, handles and timers of the ${who}`).toEqual([])
  expect(rssMiB, `resident memory of the ${who}`).toBeLessThan(figure.mebibytes)
  expect(heapMiB, `heap of the ${who}`).toBeLessThan(figure.mebibytes / 3)
  return { rssMiB, heapMiB, fds: last?.fds, timers: last?.kinds['Timeout'] ?? 0 }
}

// All at once: what a station holds does not depend on its pace.
describe.concurrent.each(storeKinds)('%s', (kind) => {
  test.for(['inline', 'process'] as const)(
    'X24, %s: a station that works, idles and retries keeps its memory, descriptors, handles and timers, and so does its worker',
    { timeout: figure.forMs + 100_000 },
    async (executor, { onTestFinished }) => {
      const database = await openLiveDatabase(kind)
      onTestFinished(() => database.close())
      const setup: SoakSetup = { address: database.address, stateDir: database.folder, forMs: figure.forMs, executor }
      const soak = new LineProcess<SoakSample>(new URL('./x24/soak-process.ts', import.meta.url), setup)
      onTestFinished(() => soak.abort())
      await soak.finish()

      const samples = soak.said
      const last = samples.at(-1)
      expect(samples.length, 'rounds').toBeGreaterThan(8)
      expect(last?.retried, 'the fault fired: there were retries').toBeGreaterThan(samples.length)
      const pids = new Set(samples.flatMap(({ station, worker }) => [station.pid, worker.pid]))
      expect(pids.size, 'no process was replaced').toBe(executor === 'inline' ? 1 : 2)
      const station = expectFlat(
        'station',
        samples.map((sample) => sample.station),
      )
      const worker = expectFlat(
        'worker',
        samples.map((sample) => sample.worker),
      )
      const counts = { fired: last?.retried, jobs: last?.jobs, rounds: samples.length }
      report('X24', { store: kind, executor, ...counts, ...station, ...(executor === 'process' && { worker }) })
    },
  )
})
