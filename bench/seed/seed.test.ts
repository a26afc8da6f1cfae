import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { trustedActor } from '../../packages/stellwerk/src/domain/actor.ts'
import { defaultRetention } from '../../packages/stellwerk/src/domain/retention/retention.ts'
import { pruneHistory } from '../../packages/stellwerk/src/operations/prune-history.ts'
import { silentLog } from '../../packages/stellwerk/src/std/log.ts'
import { openPostgresStore } from '../../packages/stellwerk/src/storage/postgres/open-postgres-store.ts'
import { openSqliteStore } from '../../packages/stellwerk/src/storage/sqlite/open-sqlite-store.ts'
import type { Store } from '../../packages/stellwerk/src/storage/store.ts'
import { newJob, newStation } from '../../packages/stellwerk/test/temporary-store.ts'
import { PostgresRows } from '../postgres-rows.ts'
import { openPostgresSink } from './postgres-sink.ts'
import { spreadOverHours } from './rhythm.ts'
import { parseSeedOptions, type SeedOptions } from './seed-options.ts'
import type { SeedSink } from './seed-sink.ts'
import { seedStore } from './seed-store.ts'
import { openSqliteSink } from './sqlite-sink.ts'

interface Seeded {
  readonly store: Store
  readonly sink: SeedSink
}

const stores = [
  ['sqlite', openSqlite],
  ['postgres', openPostgres],
] as const

async function openSqlite(): Promise<Seeded> {
  const folder = mkdtempSync(join(tmpdir(), 'stellwerk-seed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'seed.db')
  const store = await openSqliteStore({ path, migrate: true })
  onTestFinished(() => store.close())
  return { store, sink: openSqliteSink(path) }
}

async function openPostgres(): Promise<Seeded> {
  const address = inject('postgresUrl')
  const schema = `seed_${process.pid}_${Math.floor(performance.now())}`
  const rows = await PostgresRows.open(address, schema)
  onTestFinished(() => rows.drop())
  const store = await openPostgresStore({ address, schema, migrate: true })
  onTestFinished(() => store.close())
  return { store, sink: await openPostgresSink(address, schema) }
}

async function seeded(open: () => Promise<Seeded>, options: Partial<SeedOptions>): Promise<Store> {
  const { store, sink } = await open()
  try {
    await seedStore(sink, { ...parseSeedOptions(['--store', 'sqlite:x', '--finished', '0']), ...options })
  } finally {
    await sink.close()
  }
  return store
}

async function expectExact(store: Store): Promise<void> {
  expect(await store.metrics.tallies()).toEqual(await store.metrics.recount())
  expect(await store.rollup.recount(0)).toEqual([])
}

/** Claims and settles one job after the other until `until` has resolved; returns how long each took, ms. */
async function workUntil(store: Store, until: Promise<unknown>): Promise<readonly number[]> {
  await store.stations.register(newStation({ leaseMs: 600_000 }))
  const pace: number[] = []
  let isOver = false
  const over = until.finally(() => {
    isOver = true
  })
  while (!isOver) {
    await store.dispatch.insertJobs({ token: `job-${pace.length}`, jobs: [newJob()] })
    const startedMs = performance.now()
    const lane = { queue: 'default', type: 'noop', inBatch: false, priority: 0, limit: 1 }
    const [job] = await store.claims.claim({ stationId: 'station-a', shares: [lane], limit: 1 })
    if (job === undefined) throw new Error('nothing was claimed')
    const { id, claimSeq, tries, claimedAt } = job
    const run = { startedAt: claimedAt, waitMs: 1, runMs: 1, cpuMs: 1, memoryBytes: 1, memoryPeakBytes: 1 }
    const outcome = {
      kind: 'completed' as const,
      id,
      claimSeq,
      tries,
      result: null,
      queue: 'default',
      type: 'noop',
      ...run,
    }
    const { refused } = await store.outcomes.settle({
      stationId: 'station-a',
      outcomes: [outcome],
      logs: [],
      metrics: () => [],
    })
    expect(refused).toEqual([])
    pace.push(performance.now() - startedMs)
    // The pruner rests on a timer, which microtasks alone would never let through.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await over
  return pace
}

test.for(stores)(
  'on %s rows, counters and figures of four seeded months agree',
  { timeout: 120_000 },
  async ([, open]) => {
    const store = await seeded(open, { finished: 20_000, waiting: 300, delayed: 200, failed: 100, days: 120 })
    await expectExact(store)
    const count = async (state: string) =>
      (await store.metrics.tallies()).reduce((sum, tally) => (tally.state === state ? sum + tally.count : sum), 0)
    expect([await count('completed'), await count('pending'), await count('scheduled'), await count('failed')]).toEqual(
      [20_000, 300, 200, 100],
    )
    const days = await store.rollup.tier({ tier: 'day', from: 0, to: Number.MAX_SAFE_INTEGER })
    const ended = days.filter(({ outcome }) => outcome === 'completed').reduce((sum, row) => sum + row.count, 0)
    expect(ended).toBe(20_000)
    const [id = 0] = await store.dispatch.insertJobs({ token: 'next', jobs: [newJob()] })
    expect(id).toBe(20_601)
  },
)

test.for(stores)(
  'on %s claims and settlements go on while tens of thousands of rows are pruned',
  { timeout: 300_000 },
  async ([name, open]) => {
    const store = await seeded(open, { finished: 72_000, days: 50 })
    const retention = { ...defaultRetention, minutes: null, hours: null, days: null }
    const pruning = pruneHistory({ store, actor: trustedActor('station', 'pruner'), log: silentLog }, { retention })
    const pace = await workUntil(store, pruning)
    const removed = await pruning
    expect(removed.finished).toBeGreaterThan(24_000)
    const sorted = pace.toSorted((one, other) => one - other)
    const at = (part: number): number => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0)
    console.log(
      `${name}: ${removed.finished} rows pruned beside ${pace.length} jobs; a job took p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(1)} ms`,
    )
    expect(pace.length).toBeGreaterThan(20)
    expect(at(1)).toBeLessThan(5_000)
    expect(await store.metrics.tallies()).toEqual(await store.metrics.recount())
  },
)

test('the hours of a history sum up exactly, end now, and follow day and week', () => {
  const now = Date.UTC(2026, 10, 22, 10, 30)
  const hours = spreadOverHours(1_000_003, 28, now)
  expect(hours.reduce((sum, { jobs }) => sum + jobs, 0)).toBe(1_000_003)
  expect(hours.at(-1)).toMatchObject({ start: Date.UTC(2026, 10, 22, 10), lengthMs: 1_800_000 })
  const sum = (keep: (at: Date) => boolean) =>
    hours.filter(({ start }) => keep(new Date(start))).reduce((total, { jobs }) => total + jobs, 0)
  expect(sum((at) => at.getUTCHours() === 10)).toBeGreaterThan(5 * sum((at) => at.getUTCHours() === 3))
  expect(sum((at) => at.getUTCDay() === 3)).toBeGreaterThan(2 * sum((at) => at.getUTCDay() === 0))
})

test('a command line that is wrong is refused in one line', () => {
  for (const args of [[], ['--store', 'mysql://x'], ['--store', 'sqlite:x', '--finished=-1'], ['--nonsense']])
    expect(() => parseSeedOptions(args)).toThrow(/give|nonsense/)
})

test('a store that holds jobs is left as it is', async () => {
  const { store, sink } = await openSqlite()
  await store.dispatch.insertJobs({ token: 'one', jobs: [newJob()] })
  await expect(seedStore(sink, parseSeedOptions(['--store', 'sqlite:x']))).rejects.toThrow('holds jobs already')
  await sink.close()
})
