import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { assertInvariants } from '../../src/storage/conformance/invariants.ts'
import { postgresHarness } from '../../src/storage/conformance/postgres-harness.ts'
import { sqliteHarness } from '../../src/storage/conformance/sqlite-harness.ts'
import type { OpenedStore } from '../../src/storage/conformance/store-harness.ts'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { type SimReport, SimWorld } from './x13/sim-world.ts'

/** A statement takes twenty times as long over a connection as in a file: PostgreSQL has a share of the seeds. */
const figure = faultFigure({
  npm: { sqlite: 10, postgres: 2, limitMs: 110_000 },
  ci: { sqlite: 2_000, postgres: 40, limitMs: 3_600_000 },
  release: { sqlite: 1_000_000, postgres: 50_000, limitMs: 604_800_000 },
})
const hours = 24
/** What must have come in the days of a test; a day may lack one of them. */
const wanted = ['kills', 'freezes', 'outages', 'lostAnswers', 'rescues', 'refused'] as const
/** So many days more than the figure, at most, until all of these have come. */
const daysMore = 10

const common = [
  ...['job', 'failed_job', 'finished_job', 'finished_payload', 'job_attempt', 'job_log'],
  ...['tally', 'minute_metric', 'dispatch_receipt', 'station'],
]
const tables = { sqlite: common, postgres: [...common, 'tally_delta', 'job_attempt_by_day', 'job_log_by_day'] } as const

const harnesses = {
  sqlite: sqliteHarness,
  postgres: postgresHarness(inject('postgresUrl')),
} as const

const noDay: SimReport = {
  ...{ dispatched: 0, starts: 0, kills: 0, freezes: 0, outages: 0, lostAnswers: 0, jumps: 0, rescues: 0, refused: 0 },
}

function sum(one: SimReport, other: SimReport): SimReport {
  const keys = Object.keys(noDay) as (keyof SimReport)[]
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as unknown as SimReport
}

describe.each(['sqlite', 'postgres'] as const)('%s', (kind) => {
  let opened: OpenedStore

  beforeAll(async () => {
    // The clock is virtual, the disk need not be waited for.
    if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm'
    opened = await harnesses[kind].open()
  })
  afterAll(() => opened.close())

  test('X13: whatever a virtual day brings, every job ends once and no living station is rescued', {
    timeout: figure.limitMs,
  }, async () => {
    const seed = faultSeed('X13')
    const startedMs = monotonicMs()
    let total = noDay
    let day = 0
    const isMissing = (): boolean => wanted.some((fault) => total[fault] === 0)
    for (; day < figure[kind] || (isMissing() && day < figure[kind] + daysMore); day++) {
      for (const table of tables[kind]) await opened.sql(`DELETE FROM ${table}`)
      const world = new SimWorld(opened, randomOf(seed + day))
      await world.run(hours).catch((error: unknown) => {
        throw new Error(`STELLWERK_SEED=${seed + day}: ${String(error)}`, { cause: error })
      })
      await assertInvariants(opened)
      total = sum(total, world.report)
    }
    for (const fault of wanted) expect(total[fault], `the fault fired: ${fault}`).toBeGreaterThan(0)
    const fired = total.kills + total.freezes + total.outages + total.lostAnswers + total.jumps
    report('X13', {
      store: kind,
      seed,
      fired,
      days: day,
      ...total,
      elapsedMs: Math.round(monotonicMs() - startedMs),
    })
  })
})
