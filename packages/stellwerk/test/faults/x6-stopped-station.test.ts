import { describe, expect, onTestFinished, test } from 'vitest'
import { sleep } from '../../src/std/sleep.ts'
import { faultFigure, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'
import { dispatchWork, expectAllDone, openJobs } from './workers/fault-load.ts'
import { FaultStation, until } from './workers/fault-station.ts'

const figure = faultFigure({ npm: { stops: 1 }, ci: { stops: 25 }, release: { stops: 500 } })

/** How many jobs a station holds. */
async function heldBy({ sql }: LiveDatabase, { child }: FaultStation): Promise<number> {
  const held = `SELECT id FROM job WHERE state = 'processing' AND station_id IN (SELECT id FROM station WHERE pid = ${child.pid})`
  return (await sql(held)).length
}

describe.each(storeKinds)('%s', (kind) => {
  test('X6, workers: a station that slept finds its jobs elsewhere; what its workers did meanwhile is refused', {
    timeout: 60_000 + figure.stops * 30_000,
  }, async () => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const sleeper = new FaultStation(database, { processes: 1, concurrency: 4 })
    const neighbour = new FaultStation(database, { processes: 1, concurrency: 4 })
    await Promise.all([sleeper.ready(), neighbour.ready()])
    const ids: number[] = []
    for (let stop = 0; stop < figure.stops; stop++) {
      ids.push(...(await dispatchWork(database, 12, { ms: 500 })))
      await until(async () => (await heldBy(database, sleeper)) > 0, 'the station that is to sleep has jobs')
      sleeper.child.kill('SIGSTOP')
      await sleep(5_000)
      sleeper.child.kill('SIGCONT')
      await until(async () => (await openJobs(database)) === 0, 'every job comes to its end')
    }
    await expectAllDone(database, ids)
    expect(await database.sql('SELECT id FROM finished_job WHERE crashes > 0 OR failures > 0')).toEqual([])
    for (const station of [sleeper, neighbour]) {
      station.child.kill('SIGTERM')
      expect(await station.exited).toBe(0)
    }
    const rescued = await database.sql('SELECT id FROM finished_job WHERE claim_seq > 1')
    expect(rescued.length, 'the fault fired').toBeGreaterThan(0)
    report('X6 workers', { store: kind, stops: figure.stops, rescued: rescued.length, counts: sleeper.counts() })
  })
})
