import { describe, expect, onTestFinished, test } from 'vitest'
import { sleep } from '../../src/std/sleep.ts'
import { faultFigure, report } from './fault-scale.ts'
import { isWriterStopped, type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'
import { dispatchWork, expectAllDone, heldBy, openJobs } from './workers/fault-load.ts'
import { FaultStation, until } from './workers/fault-station.ts'

const figure = faultFigure({ npm: { stops: 1 }, ci: { stops: 25 }, release: { stops: 500 } })

/** Whether one was stopped in a transaction on the jobs: nobody takes these from it then. On PostgreSQL others are seen in theirs too, though not look after look. */
async function isStoppedInWrite(database: LiveDatabase): Promise<boolean> {
  if (database.store.kind === 'sqlite') return isWriterStopped(database, 2_000)
  const writers = `SELECT pid FROM pg_locks WHERE relation = 'job'::regclass AND mode = 'RowExclusiveLock'`
  for (let look = 0; look < 40; look++) {
    if ((await database.sql(writers)).length === 0) return false
    await sleep(50)
  }
  return true
}

/** Stops a station with jobs in its hands; returns all that were dispatched for that. */
async function stopAtWork(database: LiveDatabase, station: FaultStation): Promise<readonly number[]> {
  const ids: number[] = []
  for (;;) {
    ids.push(...(await dispatchWork(database, 12, { ms: 500 })))
    await until(async () => (await heldBy(database, station)) > 0, 'the station that is to sleep has jobs')
    station.child.kill('SIGSTOP')
    await sleep(50) // What it wrote before is on its way.
    if (!(await isStoppedInWrite(database)) && (await heldBy(database, station)) > 0) return ids
    station.child.kill('SIGCONT')
    await until(async () => (await openJobs(database)) === 0, 'what it was stopped too late for is done')
  }
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
      ids.push(...(await stopAtWork(database, sleeper)))
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
