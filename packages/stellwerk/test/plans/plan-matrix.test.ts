import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { dispatch, drain, register, share } from '../../../../bench/hot-path.ts'
import { setStatistics, statisticsKinds, stopAutovacuum } from '../../../../bench/plan-statistics.ts'
import { expectWithin } from './plan-limits.ts'
import { openPlanRecorder, type PlanRecorder } from './plan-recorder.ts'

const schema = `plan_matrix_${randomBytes(6).toString('hex')}`
const beside = 6_000
const jobs = 1_000

describe.each(['force_custom_plan', 'force_generic_plan'] as const)('with %s', (planMode) => {
  const mine = `${schema}_${planMode === 'force_custom_plan' ? 'custom' : 'generic'}`
  let recorder: PlanRecorder
  let admin: pg.Client

  beforeAll(async () => {
    recorder = await openPlanRecorder(inject('postgresUrl'), mine, planMode)
    admin = new pg.Client({ connectionString: inject('postgresUrl') })
    await admin.connect()
    await stopAutovacuum(admin, mine)
    await dispatch(recorder.store, beside, (n) => `beside-${n}`)
  })

  afterAll(async () => {
    await recorder.close()
    await admin.query(`DROP SCHEMA ${mine} CASCADE`)
    await admin.end()
  })

  test.each(statisticsKinds)('no hot statement touches the other lanes, statistics %s', async (kind) => {
    const { store } = recorder
    await setStatistics({ admin, store, schema: mine, jobs }, kind)
    await dispatch(store, jobs)
    const stationId = await register(store, 600_000)
    const claim = { stationId, shares: [{ ...share, limit: 500 }], limit: 500 }
    expectWithin(`claim 500, ${kind}, ${planMode}`, await recorder.record(() => store.claims.claim(claim)), {
      buffers: 12_000,
      rows: 2_000,
    })
    const rescue = await recorder.record(() => store.stations.retire(stationId))
    expectWithin(`rescue 500, ${kind}, ${planMode}`, rescue, { buffers: 20_000, rows: 3_000 })
    const drainer = await register(store, 600_000)
    let drained = 0
    const executed = await recorder.record(async () => {
      drained = (await drain(store, drainer)).count
    })
    expect(drained).toBe(jobs)
    expectWithin(`drain ${jobs}, ${kind}, ${planMode}`, executed, { buffers: 60_000, rows: 8_000 })
    await store.stations.retire(drainer)
    await store.metrics.foldTallies()
  })
})
