import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { leaseDefaults } from '../../src/domain/worker/lease-trust.ts'
import { sleep } from '../../src/std/sleep.ts'
import { checkHistory } from './checker/check-history.ts'
import { countBy, readSink } from './checker/history.ts'
import { faultFigure, faultSeed, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase } from './live-database.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/**
 * The lease of the product where there is time for it. In every test run twice that of the other faults: on a busy machine a process may be without a processor for most of
 * a second, which is no jump.
 */
const figure = faultFigure({
  npm: { jumps: 4, jobs: 600, leaseMs: 2_000, limitMs: 110_000 },
  ci: { jumps: 40, jobs: 10_000, leaseMs: leaseDefaults.leaseMs, limitMs: 1_200_000 },
  release: { jumps: 500, jobs: 120_000, leaseMs: leaseDefaults.leaseMs, limitMs: 14_400_000 },
})

/** Where the clock stands against the true one, and how much faster it goes from then on. */
interface Shift {
  readonly aheadMs: number
  readonly rate: number
}

/** An hour and a day forward and back, then a tenth too fast and too slow. */
const shifts: readonly Shift[] = [
  { aheadMs: hourMs, rate: 0 },
  { aheadMs: 0, rate: 0 },
  { aheadMs: dayMs, rate: 0.1 },
  { aheadMs: 0, rate: -0.1 },
  { aheadMs: -hourMs, rate: 0 },
  { aheadMs: 0, rate: 0.1 },
]

/** What jumps: the clock of the store, or those of the processes alone. */
interface Clocks {
  readonly set: (shift: Shift) => Promise<void>
  readonly env?: (number: number) => Readonly<Record<string, string>>
}

/** Processes read their clock from a file each, or one file together, which is the host's clock. */
function processClocks({ folder }: LiveDatabase, files: number): Required<Clocks> {
  const pathOf = (number: number): string => join(folder, `clock-${number % files}`)
  const set = async (shift: Shift): Promise<void> => {
    for (let number = 0; number < files; number++) {
      // Not all the same: one stays behind, one goes the other way.
      const aheadMs = number % 3 === 2 ? -shift.aheadMs : number % 3 === 1 ? 0 : shift.aheadMs
      writeFileSync(`${pathOf(number)}-new`, JSON.stringify({ ...shift, aheadMs, sinceMs: Date.now() }))
      renameSync(`${pathOf(number)}-new`, pathOf(number))
    }
  }
  return { set, env: (number) => ({ STELLWERK_FAULT_CLOCK: pathOf(number) }) }
}

async function serverClock({ sql, address }: LiveDatabase): Promise<Clocks> {
  const true_ = 'extract(epoch FROM clock_timestamp()) * 1000'
  await sql('CREATE TABLE test_clock (ahead_ms float8 NOT NULL, rate float8 NOT NULL, since_ms float8 NOT NULL)')
  await sql(`INSERT INTO test_clock VALUES (0, 0, ${true_})`)
  await sql(`CREATE OR REPLACE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE AS
    'SELECT floor(${true_} + ahead_ms + rate * (${true_} - since_ms))::bigint FROM ${address.schema}.test_clock'`)
  return {
    set: async ({ aheadMs, rate }) => {
      await sql(`UPDATE test_clock SET ahead_ms = $1::float8, rate = $2::float8, since_ms = ${true_}`, [aheadMs, rate])
    },
  }
}

const cases = [
  { kind: 'sqlite', whose: 'the host', clocksOf: (database: LiveDatabase) => processClocks(database, 1) },
  { kind: 'postgres', whose: 'the database server', clocksOf: serverClock },
  { kind: 'postgres', whose: 'each process', clocksOf: (database: LiveDatabase) => processClocks(database, 5) },
] as const

test.for(cases)(
  'X7: on $kind the clock of $whose jumps and drifts, and no living station is rescued',
  {
    timeout: figure.limitMs + 30_000,
  },
  async ({ kind, whose, clocksOf }) => {
    const seed = faultSeed('X7')
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const clocks: Clocks = await clocksOf(database)
    await clocks.set({ aheadMs: 0, rate: 0 })
    const { jumps, jobs, leaseMs, limitMs } = figure
    const preload = new URL('./x7/shifted-clock.ts', import.meta.url)
    const storm = new Storm({
      ...{ database, seed, stations: 4, concurrency: 8, leaseMs, limitMs, preload },
      ...(clocks.env !== undefined && { env: clocks.env }),
    })
    onTestFinished(() => storm.abort())
    storm.startStations()
    await storm.until(() => storm.stations.every(({ isReady }) => isReady), 'stations start')
    let jumped = 0
    const fired = await storm.rage({
      ...{ jobs, times: jumps },
      strike: async () => {
        await clocks.set(shifts[jumped++ % shifts.length] ?? { aheadMs: 0, rate: 0 })
        await sleep(1.2 * leaseMs)
        return true
      },
    })
    // What was dated a day ahead is due.
    await clocks.set({ aheadMs: 2 * dayMs, rate: 0 })
    await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
    const dead = await database.sql(`SELECT id FROM station WHERE state = 'dead'`)
    const log = await storm.calm()
    const history = await checkHistory(database, log)
    const runs = countBy(readSink(log.sinkPath).map(({ id }) => id))
    const attempts = await database.sql(
      'SELECT id, attempt FROM finished_job UNION ALL SELECT id, attempt FROM failed_job',
    )
    const extra = attempts.map(({ id, attempt }) => (runs.get(Number(id)) ?? 0) - Number(attempt))
    expect(fired, 'the fault fired').toBe(jumps)
    expect(dead.length, 'no living station was rescued').toBe(0)
    expect(Math.max(...extra), 'no job was run again more than once').toBeLessThanOrEqual(1)
    report('X7', {
      store: kind,
      seed,
      fired,
      clock: whose,
      leaseMs,
      rescues: dead.length,
      ...history,
      elapsedMs: log.elapsedMs,
    })
  },
)
