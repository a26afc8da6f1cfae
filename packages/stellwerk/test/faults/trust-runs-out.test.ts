import { expect, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { leaseDefaults } from '../../src/domain/worker/lease-trust.ts'
import { report } from './fault-scale.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { storeOutage } from './store-outage.ts'
import { patient } from './workers/fault-jobs.ts'
import { openJobs, sinkOf } from './workers/fault-load.ts'
import { FaultStation, isAlive, readSink, until } from './workers/fault-station.ts'

/** Long enough that a busy machine takes none away. */
const leaseMs = 4_000
const trustMs = leaseMs + leaseDefaults.lostContactGraceMs

// Both at once: they mostly wait.
test.concurrent.for(storeKinds)(
  '%s: while the store is away too long a station stops its jobs, its workers leave, and nothing is done twice',
  { timeout: 180_000 },
  async (kind, { onTestFinished }) => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const outage = await storeOutage(database, onTestFinished)
    const sink = sinkOf(database)
    const station = (executor: 'process' | 'inline', queue: string): FaultStation =>
      new FaultStation(
        { ...database, address: outage.address },
        { executor, queues: [queue], processes: 1, concurrency: 2, lease: leaseMs },
        onTestFinished,
      )
    const stations = [station('process', 'heeds'), station('process', 'blocked'), station('inline', 'inline')] as const
    await Promise.all(stations.map((one) => one.ready()))
    const stellwerk = await openStellwerk({ ...database.address, jobs: [patient] })
    onTestFinished(() => stellwerk.close())
    for (const queue of ['heeds', 'heeds', 'blocked', 'inline', 'inline'])
      await stellwerk.dispatch(patient, { sink, isBlocked: queue === 'blocked' }, { queue })
    const told = (verb: string) => readSink(sink).filter((line) => line.verb === verb)
    await until(() => told('start').length === 5, 'every job runs')
    const workers = stations.flatMap((one) => one.workers())
    expect(workers).toHaveLength(2)

    outage.begin()
    const begunMs = performance.now()
    await until(() => told('aborted').length === 4, 'who hears of it stops')
    const heardMs = performance.now() - begunMs
    await until(() => !workers.some(isAlive), 'every worker has left')
    const goneMs = performance.now() - begunMs
    expect(heardMs, 'not before the trust had run out').toBeGreaterThan(trustMs - leaseMs)
    expect(goneMs).toBeLessThan(trustMs + 15_000)
    expect(told('start'), 'nothing was started meanwhile').toHaveLength(5)
    expect(goneMs - heardMs, 'who does not hear is killed').toBeLessThan(10_000)
    expect(stations.map(({ child }) => child.exitCode)).toEqual([null, null, null])

    outage.end()
    await until(async () => (await openJobs(database)) === 0, 'every job comes to its end')
    const ends = told('end').map(({ id, fence }) => [id, fence])
    expect(ends.toSorted(), 'once each, in a later claim').toEqual(
      [1, 2, 3, 4, 5].map((id) => [id, expect.any(Number)]),
    )
    expect(ends.every(([, fence]) => Number(fence) > 1)).toBe(true)
    const charged = await database.sql(
      'SELECT id, queue, crashes FROM finished_job WHERE attempt <> 1 OR crashes <> 0 OR failures <> 0',
    )
    expect(charged, 'nobody is charged, not even who had to be killed').toEqual([])
    for (const one of stations) {
      one.child.kill('SIGTERM')
      expect(await one.exited).toBe(0)
    }
    report('trust', { store: kind, fired: 5, heardMs: Math.round(heardMs), goneMs: Math.round(goneMs) })
  },
)
