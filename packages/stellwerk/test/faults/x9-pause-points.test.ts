import { describe, expect, test } from 'vitest'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { storeKinds } from './live-database.ts'
import { type PointCase, runPoint } from './points/run-point.ts'

/** `cases`: how many of all; `rounds`: how often each. */
const figure = faultFigure({
  npm: { cases: 8, rounds: 1, limitMs: 300_000 },
  ci: { cases: Number.POSITIVE_INFINITY, rounds: 1, limitMs: 1_800_000 },
  release: { cases: Number.POSITIVE_INFINITY, rounds: 100, limitMs: 86_400_000 },
})
/** Each is mostly waiting for leases. */
const atOnce = 6
/** A point that only some runs pass is met in one of these. */
const tries = 12

/** Calls that change something, each of them passed in every run. */
const calls = [
  ...['dispatch.insertJobs', 'claims.claim', 'claims.promoteDue', 'outcomes.settle', 'stations.register'],
  ...['stations.rescue', 'stations.retire', 'notifier'],
]

/** Every point that an undisturbed run passes, with every fault that can meet it there. */
async function allCases(kind: PointCase['kind']): Promise<readonly PointCase[]> {
  const { events } = await runPoint({ kind, point: '', fault: 'none' })
  const points = events.flatMap((event) => (event.e === 'point' ? [event] : []))
  return points
    .filter(({ name }) => calls.some((call) => name.startsWith(`${call} `)))
    .flatMap(({ name, hasConnection }) =>
      (hasConnection ? (['kill', 'stop', 'cut'] as const) : (['kill', 'stop'] as const))
        // Who stands still within SQLite's lock holds up everybody until it goes on: that is no fault to recover from.
        .filter(
          (fault) =>
            fault !== 'stop' || kind === 'postgres' || name.endsWith(' returned') || name.includes('before "BEGIN'),
        )
        .map((fault) => ({ kind, point: name, fault })),
    )
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => ({ value, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ value }) => value)
}

async function fires(each: PointCase): Promise<boolean> {
  for (let tried = 0; tried < tries; tried++) if ((await runPoint(each)).fired) return true
  return false
}

describe.each(storeKinds)('%s', (kind) => {
  test('X9: whoever is killed, stopped or cut off at any point of a store call loses nothing and does nothing twice', {
    timeout: figure.limitMs,
  }, async () => {
    const seed = faultSeed('X9')
    const startedMs = monotonicMs()
    const all = await allCases(kind)
    const wanted = shuffled(all, randomOf(seed)).slice(0, figure.cases)
    const queue = Array.from({ length: figure.rounds }, () => wanted).flat()
    const missed: PointCase[] = []
    const broken: string[] = []
    const works = Array.from({ length: atOnce }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const { point, fault } = next
        const hit = await fires(next).catch((error: unknown) => {
          broken.push(`${fault} at ${point}: ${String(error)}`)
          return true
        })
        if (!hit) missed.push(next)
      }
    })
    await Promise.all(works)
    expect(broken).toEqual([])
    expect(missed, 'every fault fired').toEqual([])
    const fired = wanted.length * figure.rounds
    const points = new Set(all.map(({ point }) => point)).size
    report('X9', {
      store: kind,
      seed,
      fired,
      points,
      cases: all.length,
      lost: 0,
      elapsedMs: Math.round(monotonicMs() - startedMs),
    })
  })
})
