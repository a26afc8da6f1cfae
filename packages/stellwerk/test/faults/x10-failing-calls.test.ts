import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { isStellwerkError } from '../../src/domain/errors.ts'
import { assertInvariants } from '../../src/storage/conformance/invariants.ts'
import {
  completedOf,
  failedOf,
  retryingOf,
  returnedOf,
  snoozedOf,
} from '../../src/storage/conformance/sample-records.ts'
import { claimJobs } from '../../src/storage/conformance/store-steps.ts'
import type { Outcome } from '../../src/storage/outcome-store.ts'
import type { Store } from '../../src/storage/store.ts'
import { newJob, newStation } from '../temporary-store.ts'
import { faultFigure, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'
import { namedStore, type StorePoint, watchStatements } from './points/statement-points.ts'

const holder = 'holder'
/** How many of the statements of each call fail, and how many times two of them do. */
const figure = faultFigure({
  npm: { deepest: 3, pairs: 0 },
  ci: { deepest: 100, pairs: 0 },
  release: { deepest: 100, pairs: 20 },
})

/** Brings the store to where the call has something to do; comes back with the call. */
type Scenario = (store: Store, round: string) => Promise<() => Promise<unknown>>

async function dispatched(store: Store, token: string, count: number): Promise<readonly number[]> {
  return await store.dispatch.insertJobs({ token, jobs: Array.from({ length: count }, () => newJob()) })
}

async function held(store: Store, token: string, count: number) {
  await dispatched(store, token, count)
  return await claimJobs(store, holder, count)
}

async function failed(store: Store, token: string, count: number): Promise<readonly number[]> {
  const jobs = await held(store, token, count)
  await settled(
    store,
    jobs.map((job) => failedOf(job)),
  )
  return jobs.map(({ id }) => id)
}

function settled(store: Store, outcomes: readonly Outcome[]): Promise<unknown> {
  return store.outcomes.settle({ stationId: holder, outcomes, logs: [], metrics: () => [] })
}

const scenarios: Readonly<Record<string, Scenario>> = {
  dispatch: async (store, round) => () => dispatched(store, `call-${round}`, 3),
  claim: async (store, round) => {
    await dispatched(store, round, 3)
    return () => claimJobs(store, holder, 3)
  },
  settle: async (store, round) => {
    const [one, two, three, four, five] = await held(store, round, 5)
    if (!one || !two || !three || !four || !five) throw new Error('too few were claimed')
    const outcomes = [completedOf(one), retryingOf(two), failedOf(three), returnedOf(four), snoozedOf(five, 1)]
    return () => settled(store, outcomes)
  },
  recordLive: async (store, round) => {
    const [job] = await held(store, round, 1)
    if (job === undefined) throw new Error('nothing was claimed')
    const { id: jobId, claimSeq } = job
    const logs = [{ jobId, claimSeq, attempt: 1, chunk: 0, lines: '{}', dropBelowChunk: 0 }]
    return () => store.outcomes.recordLive(logs, [{ jobId, claimSeq, progress: 5, note: null }])
  },
  promoteDue: async (store, round) => {
    await store.dispatch.insertJobs({ token: round, jobs: [newJob({ delayMs: 1 }), newJob({ delayMs: 1 })] })
    return () => store.claims.promoteDue(10)
  },
  releaseOthers: async (store, round) => {
    await held(store, round, 2)
    return () => store.claims.releaseOthers(holder, [])
  },
  register: async (store, round) => () => store.stations.register(newStation({ id: `new-${round}`, leaseMs: 1 })),
  renew: async (store) => () => store.stations.renew(holder, 600_000),
  rescue: async (store, round) => {
    await dispatched(store, round, 2)
    await store.stations.register(newStation({ id: `old-${round}`, leaseMs: 20 }))
    const [job] = await claimJobs(store, `old-${round}`, 2)
    const running = job === undefined ? [] : [{ id: job.id, claimSeq: job.claimSeq }]
    await new Promise((resolve) => setTimeout(resolve, 25))
    return () => store.stations.rescue(`old-${round}`, { running })
  },
  retire: async (store, round) => {
    await dispatched(store, round, 2)
    await store.stations.register(newStation({ id: `old-${round}`, leaseMs: 20 }))
    await claimJobs(store, `old-${round}`, 2)
    return () => store.stations.retire(`old-${round}`)
  },
  cancel: async (store, round) => {
    const [id = 0] = await dispatched(store, round, 1)
    return () => store.jobs.cancel(id)
  },
  forget: async (store, round) => {
    const [id = 0] = await failed(store, round, 1)
    return () => store.jobs.forget(id)
  },
  retry: async (store, round) => {
    const [id = 0] = await failed(store, round, 1)
    return () => store.jobs.retry(id)
  },
  prioritize: async (store, round) => {
    const [id = 0] = await dispatched(store, round, 1)
    return () => store.jobs.setPriority(id, 7)
  },
  retryFailed: async (store, round) => {
    await failed(store, round, 2)
    return () => store.failedJobs.retryNext({}, { afterId: 0, limit: 10 })
  },
  forgetFailed: async (store, round) => {
    await failed(store, round, 2)
    return () => store.failedJobs.forgetNext({}, { afterId: 0, limit: 10 })
  },
  takeHooks: async (store, round) => {
    await failed(store, round, 2)
    return () => store.failedJobs.takeHooks(['noop'], 10, 'station-a')
  },
  maintain: async (store, round) => {
    await dispatched(store, round, 1)
    return () => store.maintain()
  },
}

let unwatch = (): void => undefined
afterEach(() => unwatch())

/** As the disk or the network fails: SQLite's own code, or a connection that is gone before the statement was sent or before its answer came. */
function fail({ cut }: StorePoint): never {
  if (cut === undefined) throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 })
  cut()
  throw new Error('Connection terminated unexpectedly')
}

/** Fails the statements with these numbers, counted over everything the call sends; says how many failed. */
async function callFailing(call: () => Promise<unknown>, numbers: readonly number[]): Promise<number> {
  let passed = 0
  let fired = 0
  unwatch = watchStatements((point) => {
    if (point.when === 'returned' || point.statement === 'ROLLBACK') return
    if (point.when === 'after' && point.cut === undefined) return
    if (!numbers.includes(++passed)) return
    fired++
    fail(point)
  })
  try {
    await call()
  } catch (error) {
    expect(isStellwerkError(error), `an error without a code: ${String(error)}`).toBe(true)
  } finally {
    unwatch()
  }
  return fired
}

/** Whoever works on afterwards gets every job to its end. */
async function drain({ store, sql }: LiveDatabase): Promise<void> {
  await store.claims.releaseOthers(holder, [])
  for (let rounds = 0; rounds < 100; rounds++) {
    for (const { id } of await store.stations.lapsed(1)) await store.stations.rescue(id, { running: [] })
    await store.claims.promoteDue(500)
    const jobs = await claimJobs(store, holder, 500)
    if (jobs.length > 0)
      await settled(
        store,
        jobs.map((job) => completedOf(job)),
      )
    else if (Number((await sql('SELECT count(*) AS n FROM job'))[0]?.['n']) === 0) return
    else await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(await sql('SELECT id, state, station_id FROM job'), 'no row is stuck').toEqual([])
}

function pairsOf(deepest: number): readonly (readonly number[])[] {
  return Array.from({ length: deepest }, (_, first) =>
    Array.from({ length: deepest - first - 1 }, (_each, more) => [first + 1, first + more + 2]),
  ).flat()
}

describe.each(storeKinds)('%s', (kind) => {
  test('X10: whichever statement of a call fails, the call is done or not done, and nothing is stuck', {
    timeout: 600_000,
  }, async () => {
    // Before anything is prepared: what is prepared once is not seen later.
    unwatch = watchStatements(() => undefined)
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const store = namedStore(database.store)
    await database.store.stations.register(newStation({ id: holder, leaseMs: 600_000 }))
    const firedBy: Record<string, number> = {}
    for (const [name, scenario] of Object.entries(scenarios)) {
      let fired = 0
      const numbers = [...Array.from({ length: figure.deepest }, (_, n) => [n + 1]), ...pairsOf(figure.pairs)]
      for (const [index, chosen] of numbers.entries()) {
        const call = await scenario(store, `${name}-${index}`)
        const now = await callFailing(call, chosen)
        await assertInvariants(database)
        fired += now
        if (now === 0 && chosen.length === 1 && figure.pairs === 0) break
      }
      firedBy[name] = fired
      await drain(database)
    }
    await assertInvariants(database)
    for (const [name, fired] of Object.entries(firedBy)) expect(fired, `the fault fired in ${name}`).toBeGreaterThan(0)
    const fired = Object.values(firedBy).reduce((sum, each) => sum + each, 0)
    report('X10', { store: kind, fired, calls: Object.keys(firedBy).length, stuck: 0, ...firedBy })
  })
})
