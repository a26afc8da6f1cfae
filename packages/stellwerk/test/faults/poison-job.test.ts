import { describe, expect, onTestFinished, test } from 'vitest'
import { assertCounters, assertOneStartPerClaim } from './checker/check-history.ts'
import { readSink } from './checker/history.ts'
import { faultSeed, report } from './fault-scale.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'
import { newStormJob } from './storm/new-storm-job.ts'

describe.each(storeKinds)('%s', (kind) => {
  test('a job that kills its process fails after three deaths alone, and its neighbours pay nothing', {
    timeout: 150_000,
  }, async () => {
    const seed = faultSeed('poison')
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const innocent = Array.from({ length: 60 }, (_, index) =>
      newStormJob({ ms: index % 20, failures: 0, poison: false }),
    )
    const poison = newStormJob({ ms: 5, failures: 0, poison: true })
    const ids = await database.store.dispatch.insertJobs({
      token: `poison-${seed}`,
      jobs: [...innocent.slice(0, 5), poison, ...innocent.slice(5)],
    })
    const storm = new Storm({
      ...{ database, seed, stations: 2, concurrency: 8, leaseMs: 1_000, limitMs: 120_000 },
    })
    onTestFinished(() => storm.abort())
    storm.startStations()
    await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
    const log = await storm.calm()
    const deaths = log.witnesses.filter(({ killedAt }) => killedAt !== null).length
    expect(await database.sql('SELECT id, kind, crashes, max_crashes, failures FROM failed_job')).toEqual([
      { id: ids[5], kind: 'crash', crashes: 3, max_crashes: 3, failures: 0 },
    ])
    expect(await database.sql('SELECT id FROM finished_job WHERE crashes > 0 OR failures > 0 OR attempt <> 1')).toEqual(
      [],
    )
    expect(await database.sql(`SELECT count(*) AS done FROM finished_job WHERE state = 'completed'`)).toEqual([
      { done: 60 },
    ])
    expect(deaths, 'the fault fired').toBeGreaterThanOrEqual(3)
    const sink = readSink(log.sinkPath)
    assertOneStartPerClaim(sink)
    expect(sink.filter(({ id }) => id === ids[5])).toHaveLength(deaths)
    await assertCounters(database)
    report('poison', { store: kind, seed, deaths, elapsedMs: log.elapsedMs })
  })
})
