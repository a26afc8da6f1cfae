import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { silentLog } from '../../src/std/log.ts'
import { sharedClockMs } from '../../src/std/shared-clock.ts'
import { completedOf } from '../../src/storage/conformance/sample-records.ts'
import { claimJobs, dispatchMany, settle, startStation } from '../../src/storage/conformance/store-steps.ts'
import type { Store } from '../../src/storage/store.ts'
import { faultFigure, report } from './fault-scale.ts'
import { untilHolds } from './line-process.ts'
import { openLiveDatabase } from './live-database.ts'

/** How long each look at the rate takes, how long the snapshot is held at least, and its age that is an alarm. */
const figure = faultFigure({
  npm: { lookMs: 2_000, heldMs: 4_000, snapshotAlarm: 2_000 },
  ci: { lookMs: 10_000, heldMs: 180_000, snapshotAlarm: 45_000 },
  release: { lookMs: 60_000, heldMs: 14_400_000, snapshotAlarm: 45_000 },
})
const alarmMs = 60_000
const recoveryMs = 300_000

interface Look {
  /** Jobs per second. */
  readonly rate: number
  readonly p99ClaimMs: number
}

/** Dispatches, claims and settles for a while. */
async function look(store: Store, forMs = figure.lookMs): Promise<Look> {
  const claims: number[] = []
  const startedMs = sharedClockMs()
  let jobs = 0
  while (sharedClockMs() - startedMs < forMs) {
    await dispatchMany(store, 50)
    const askedMs = sharedClockMs()
    const claimed = await claimJobs(store, 'station-a', 50)
    claims.push(sharedClockMs() - askedMs)
    await settle(store, ...claimed.map((job) => completedOf(job)))
    jobs += claimed.length
  }
  const sorted = claims.toSorted((one, other) => one - other)
  const p99ClaimMs = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0
  return { rate: Math.round((jobs * 1_000) / (sharedClockMs() - startedMs)), p99ClaimMs: Math.round(p99ClaimMs) }
}

test('X23: while someone holds an old snapshot work goes on at a quarter of its rate or more, the station says who it is, and after the release claims are quick again', {
  timeout: figure.heldMs + alarmMs + recoveryMs + 60_000,
}, async () => {
  const database = await openLiveDatabase('postgres')
  onTestFinished(() => database.close())
  const { store, sql } = database
  const warnings: { readonly check?: string; readonly found?: string }[] = []
  const idle = defineJob({ name: 'idle', handle: async () => undefined })
  const log = { ...silentLog, warn: (_: string, fields: object = {}) => void warnings.push(fields) }
  const stellwerk = await openStellwerk({ ...database.address, jobs: [idle], log })
  onTestFinished(() => stellwerk.close())
  await stellwerk.work({ stateDir: database.folder, queues: ['idle'], snapshotAlarm: figure.snapshotAlarm })
  await startStation(store, { leaseMs: 86_400_000 })
  await look(store, 1_000)
  const normal = await look(store)

  const holder = new Client({ connectionString: inject('postgresUrl'), application_name: 'night report' })
  await holder.connect()
  onTestFinished(() => holder.end())
  const pid = Number((await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid)
  await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
  const heldSince = sharedClockMs()
  const own = (): boolean => warnings.some(({ found }) => found?.startsWith(`pid ${pid} (night report`) === true)
  let alarmedMs: number | null = null
  let slowest = normal
  while (sharedClockMs() - heldSince < figure.heldMs || (alarmedMs === null && sharedClockMs() - heldSince < alarmMs)) {
    const held = await look(store)
    if (held.rate < slowest.rate) slowest = held
    if (own()) alarmedMs ??= Math.round(sharedClockMs() - heldSince)
  }
  await sql('VACUUM job')
  const [kept] = await sql(
    `SELECT age(backend_xmin) AS transactions, (SELECT n_dead_tup FROM pg_stat_user_tables WHERE relid = 'job'::regclass) AS dead
       FROM pg_stat_activity WHERE pid = ${pid}`,
  )
  expect(Number(kept?.['transactions']), 'the fault fired: the snapshot was held').toBeGreaterThan(100)
  expect(Number(kept?.['dead']), 'and kept dead rows from being cleaned up').toBeGreaterThan(1_000)
  expect(alarmedMs, 'the alarm').not.toBeNull()
  expect(alarmedMs ?? Infinity).toBeLessThanOrEqual(alarmMs)
  expect(slowest.rate / normal.rate, 'the rate while it was held').toBeGreaterThanOrEqual(0.25)

  await holder.query('COMMIT')
  let after = slowest
  const recoveredMs = await untilHolds(
    async () => {
      after = await look(store)
      return after.p99ClaimMs <= 2 * Math.max(1, normal.p99ClaimMs)
    },
    'claims are quick again',
    recoveryMs,
  )
  const rates = { rate: normal.rate, heldRate: slowest.rate, p99: normal.p99ClaimMs, heldP99: slowest.p99ClaimMs }
  const held = { alarmMs: alarmedMs, deadRows: kept?.['dead'], recoveredMs, afterP99: after.p99ClaimMs }
  report('X23', { store: 'postgres', fired: 1, ...rates, ...held })
})
