import { describe, expect, onTestFinished, test } from 'vitest'
import { sleep } from '../../src/std/sleep.ts'
import { checkHistory } from './checker/check-history.ts'
import { faultFigure, faultSeed, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'
import { storeOutage } from './store-outage.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'

const leaseMs = 1_000
const figure = faultFigure({
  npm: { outages: 1, jobs: 500, limitMs: 110_000 },
  ci: { outages: 10, jobs: 10_000, limitMs: 600_000 },
  release: { outages: 100, jobs: 100_000, limitMs: 7_200_000 },
})

async function countStations(database: LiveDatabase, state: 'alive' | 'dead'): Promise<number> {
  const [row] = await database.sql(`SELECT count(*) AS n FROM station WHERE state = '${state}'`)
  return Number(row?.['n'])
}

describe.each(storeKinds)('%s', (kind) => {
  test('X28: when the store comes back after three leases, no living station is rescued', {
    timeout: figure.limitMs + 30_000,
  }, async () => {
    const seed = faultSeed('X28')
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const outage = await storeOutage(database)
    const { outages, jobs, limitMs } = figure
    const storm = new Storm({ database, address: outage.address, seed, stations: 4, concurrency: 8, leaseMs, limitMs })
    onTestFinished(() => storm.abort())
    storm.startStations()
    await storm.until(() => storm.stations.every(({ isReady }) => isReady), 'stations start')
    let lapsed = 0
    const fired = await storm.rage({
      ...{ jobs, times: outages },
      strike: async () => {
        outage.begin()
        await sleep(3 * leaseMs)
        const [row] = await database.sql(
          `SELECT count(*) AS n FROM station WHERE state = 'alive' AND alive_until < ${kind === 'sqlite' ? `unixepoch('subsec') * 1000` : 'now_ms()'}`,
        )
        lapsed += Number(row?.['n'])
        outage.end()
        // Whoever may rescue again does so after a lease of contact.
        await sleep(2.5 * leaseMs)
        return true
      },
    })
    const [dead, alive] = [await countStations(database, 'dead'), await countStations(database, 'alive')]
    await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
    const log = await storm.calm()
    const history = await checkHistory(database, log)
    expect(fired, 'the fault fired').toBe(outages)
    expect(lapsed, 'every lease ran out in every outage').toBe(4 * outages)
    expect({ dead, alive }, 'no living station was rescued').toEqual({ dead: 0, alive: 4 })
    expect(history.refusedDispatches, 'nothing was refused').toBe(0)
    report('X28', {
      store: kind,
      seed,
      fired,
      lapsedLeases: lapsed,
      rescues: dead,
      ...history,
      elapsedMs: log.elapsedMs,
    })
  })
})
