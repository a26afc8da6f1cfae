import { describe, expect, onTestFinished, test } from 'vitest'
import { checkHistory } from './checker/check-history.ts'
import { faultFigure, faultSeed, report } from './fault-scale.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'

const figure = faultFigure({
  npm: { kills: 15, jobs: 1_500, limitMs: 110_000 },
  ci: { kills: 200, jobs: 20_000, limitMs: 1_200_000 },
  release: { kills: 5_000, jobs: 1_000_000, limitMs: 36_000_000 },
})

describe.each(storeKinds)('%s', (kind) => {
  const fault = kind === 'sqlite' ? 'X1' : 'X2'

  test(`${fault}: stations killed at random lose no job and complete none twice`, {
    timeout: figure.limitMs + 30_000,
  }, async () => {
    const seed = faultSeed(fault)
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const { limitMs } = figure
    const storm = new Storm({ database, seed, stations: 4, concurrency: 8, leaseMs: 1_000, limitMs })
    onTestFinished(() => storm.abort())
    storm.startStations()
    const fired = await storm.rage({ jobs: figure.jobs, times: figure.kills, strike: () => storm.killOne() })
    await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
    const log = await storm.calm()
    const history = await checkHistory(database, log)
    expect(fired, 'the fault fired').toBe(figure.kills)
    expect(history.redelivered, 'some kills met running jobs').toBeGreaterThan(0)
    expect(history.recoveryP99Ms, 'killed jobs run again').toBeLessThan(15_000)
    report(fault, { store: kind, seed, fired, ...history, elapsedMs: log.elapsedMs })
  })
})
