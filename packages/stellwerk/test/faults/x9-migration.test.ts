import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { openStore } from '../../src/app/open-store.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { silentLog } from '../../src/std/log.ts'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { assertInvariants } from '../../src/storage/conformance/invariants.ts'
import type { OpenedStore, Row } from '../../src/storage/conformance/store-harness.ts'
import { migrations as postgresSteps } from '../../src/storage/postgres/migrations/migrations.ts'
import { migrations as sqliteSteps } from '../../src/storage/sqlite/migrations/all-migrations.ts'
import { type BareDatabase, openBareDatabase } from '../upgrade/bare-database.ts'
import { oldProgram } from '../upgrade/old-program.ts'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { storeKinds } from './live-database.ts'
import { StormProcess } from './storm/storm-process.ts'

type Kind = (typeof storeKinds)[number]

const figure = faultFigure({
  npm: { cases: 6, rounds: 1, limitMs: 120_000 },
  ci: { cases: Number.POSITIVE_INFINITY, rounds: 1, limitMs: 3_600_000 },
  release: { cases: Number.POSITIVE_INFINITY, rounds: 20, limitMs: 86_400_000 },
})
const newest = { sqlite: sqliteSteps.at(-1)?.version, postgres: postgresSteps.at(-1)?.version }

/** What a migration finds: nothing, or the schema of the first version with jobs in it. */
const starts = ['nothing', 'version 1'] as const

interface MigrationCase {
  readonly kind: Kind
  readonly start: (typeof starts)[number]
  readonly fault: 'none' | 'kill' | 'cut'
  readonly point: string
}

const settings = { name: 'kept', tries: 1, handle: () => ({ done: true }) }

/** Three jobs by the program of the first version: one done, one failed for good, one that waits. */
async function makeFirst({ address, folder }: BareDatabase): Promise<void> {
  const old = (await import(oldProgram().href)) as {
    readonly openStellwerk: typeof openStellwerk
    readonly defineJob: typeof defineJob
  }
  const job = old.defineJob({
    ...settings,
    handle: (_payload, { job: { id }, log }) => {
      log.info('at work')
      if (id === 2) throw new Error('this one is to fail')
      return { done: true }
    },
  })
  const stellwerk = await old.openStellwerk({ ...address, jobs: [job], migrate: true, log: silentLog })
  for (let each = 0; each < 2; each++) await stellwerk.dispatch(job, undefined)
  const station = await stellwerk.work({ stateDir: join(folder, 'old') })
  await station.untilIdle()
  await station.stop()
  await stellwerk.dispatch(job, undefined)
  await stellwerk.close()
}

/** The version that stands in the database, null where there is none. */
async function versionOf({ sql }: BareDatabase, kind: Kind): Promise<number | null> {
  const [found] =
    kind === 'sqlite'
      ? await sql(`SELECT name FROM sqlite_schema WHERE name = 'stellwerk_schema'`)
      : await sql(`SELECT 1 AS name WHERE to_regclass('stellwerk_schema') IS NOT NULL`)
  if (found === undefined) return null
  return Number((await sql('SELECT version FROM stellwerk_schema'))[0]?.['version'])
}

const notNeeded = (): never => {
  throw new Error('not of use here')
}

/** Whoever comes next finishes the migration, and everything that was there is there, and works. */
async function assertWhole(database: BareDatabase, { kind, start }: MigrationCase): Promise<void> {
  const job = defineJob(settings)
  const stellwerk = await openStellwerk({ ...database.address, jobs: [job], migrate: true, log: silentLog })
  try {
    expect(await versionOf(database, kind)).toBe(newest[kind])
    const dispatched = await stellwerk.dispatch(job, undefined)
    const station = await stellwerk.work({ stateDir: join(database.folder, 'state') })
    await station.untilIdle()
    await station.stop()
    const states = (await stellwerk.jobs()).jobs.map(({ id, state }): Row => ({ id, state }))
    const old = [
      { id: 3, state: 'completed' },
      { id: 2, state: 'failed' },
      { id: 1, state: 'completed' },
    ]
    expect(states).toEqual([{ id: dispatched.id, state: 'completed' }, ...(start === 'nothing' ? [] : old)])
    if (start === 'version 1') expect((await stellwerk.jobDetails(2)).lines).toHaveLength(1)
  } finally {
    await stellwerk.close()
  }
  const { store: address, ...schema } = database.address
  const store = await openStore({ address, ...schema, log: silentLog })
  const rest = { openSecond: notNeeded, advance: notNeeded, begin: notNeeded, startIdsAt: notNeeded }
  const opened: OpenedStore = { ...database, ...rest, store }
  await assertInvariants(opened).finally(() => store.close())
}

/** Lets a process that migrates meet its fault; returns the points it passed. @throws what does not hold */
async function runCase(one: MigrationCase): Promise<StormProcess['events']> {
  const { kind, start, fault, point } = one
  const database = await openBareDatabase(kind)
  try {
    if (start === 'version 1') await makeFirst(database)
    const before = await versionOf(database, kind)
    const rest = { stateDir: '', sinkPath: '', concurrency: 1, leaseMs: 1_000, seed: 1 }
    const setup = { ...rest, address: database.address, fault, point }
    const victim = new StormProcess(new URL('./points/migrating-process.ts', import.meta.url), setup)
    await victim.ended
    if (fault === 'kill') expect(victim.child.signalCode, victim.complaints).toBe('SIGKILL')
    const found = await versionOf(database, kind)
    expect([before, newest[kind]], 'all steps or none').toContain(found)
    if (fault === 'none') expect(victim.child.exitCode, victim.complaints).toBe(0)
    await assertWhole(database, one)
    return victim.events
  } finally {
    await database.close()
  }
}

/** Every point that an undisturbed migration passes, with every fault that can meet it there. A process that stands still holds the lock: it is waited for, and nothing to recover from. */
async function allCases(kind: Kind): Promise<readonly MigrationCase[]> {
  const cases: MigrationCase[] = []
  for (const start of starts) {
    const events = await runCase({ kind, start, fault: 'none', point: '' })
    for (const event of events) {
      if (event.e !== 'point') continue
      cases.push({ kind, start, point: event.name, fault: 'kill' })
      if (event.hasConnection) cases.push({ kind, start, point: event.name, fault: 'cut' })
    }
  }
  return cases
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => ({ value, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ value }) => value)
}

describe.each(storeKinds)('%s', (kind) => {
  test('X9: a migration that is killed or cut off at any point leaves all of its steps or none, and the next one ends it', {
    timeout: figure.limitMs,
  }, async () => {
    const random = randomOf(faultSeed('X9'))
    const startedMs = monotonicMs()
    const all = await allCases(kind)
    const steps = new Set(all.map(({ start, point }) => `${start} ${point}`)).size
    expect(steps, 'there is a point before and after each step').toBeGreaterThan(2 * (newest[kind] ?? 0))
    const wanted = shuffled(all, random).slice(0, figure.cases)
    let fired = 0
    for (const one of Array.from({ length: figure.rounds }, () => wanted).flat()) {
      const events = await runCase(one).catch((error: unknown) => {
        throw new Error(`${one.fault} at ${one.point} from ${one.start}: ${String(error)}`, { cause: error })
      })
      if (events.some(({ e }) => e === 'point')) fired += 1
    }
    expect(fired, 'every fault fired').toBe(wanted.length * figure.rounds)
    const elapsedMs = Math.round(monotonicMs() - startedMs)
    report('X9', { store: kind, fired, of: 'migrate', points: steps, cases: all.length, lost: 0, elapsedMs })
  })
})
