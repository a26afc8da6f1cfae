import { describe, expect, onTestFinished, test } from 'vitest'
import { faultFigure, report } from './fault-scale.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { dispatchWork, expectAllDone, heldBy, openJobs } from './workers/fault-load.ts'
import { FaultStation, until } from './workers/fault-station.ts'

const figure = faultFigure({ npm: { restarts: 2 }, ci: { restarts: 20 }, release: { restarts: 500 } })
const graceMs = 3_000

describe.each(storeKinds)('%s', (kind) => {
  test('X20: stations that are replaced one by one under load lose nothing and use up no attempt', {
    timeout: 60_000 + figure.restarts * 30_000,
  }, async () => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const start = async (): Promise<FaultStation> => {
      const station = new FaultStation(database, { processes: 2, concurrency: 4, grace: graceMs })
      await station.ready()
      return station
    }
    const ids: number[] = []
    let slowestMs = 0
    let stoppedAtWork = 0
    let current = await start()
    for (let restart = 0; restart < figure.restarts; restart++) {
      ids.push(...(await dispatchWork(database, 100, { ms: 50 + (restart % 3) * 50 })))
      const next = await start()
      ids.push(...(await dispatchWork(database, 100, { ms: 100 })))
      const toStop = current
      await until(async () => {
        // A machine that stands still for a moment may do all of them in it.
        if ((await openJobs(database)) === 0) ids.push(...(await dispatchWork(database, 100, { ms: 100 })))
        return (await heldBy(database, toStop)) > 0
      }, 'the one that is to stop is at work')
      stoppedAtWork++
      const toldMs = performance.now()
      current.child.kill('SIGTERM')
      expect(await current.exited).toBe(0)
      slowestMs = Math.max(slowestMs, performance.now() - toldMs)
      current = next
    }
    await until(async () => (await openJobs(database)) === 0, 'every job comes to its end')
    current.child.kill('SIGTERM')
    expect(await current.exited).toBe(0)
    expect(stoppedAtWork, 'the fault fired').toBe(figure.restarts)
    expect(slowestMs).toBeLessThan(graceMs + 2_000)
    await expectAllDone(database, ids)
    expect(await database.sql('SELECT id FROM finished_job WHERE crashes > 0 OR failures > 0 OR attempt <> 1')).toEqual(
      [],
    )
    report('X20', { store: kind, restarts: figure.restarts, slowestMs: Math.round(slowestMs), jobs: ids.length })
  })
})
