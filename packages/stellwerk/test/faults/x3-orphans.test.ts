import { describe, expect, onTestFinished, test } from 'vitest'
import { faultFigure, report } from './fault-scale.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { dispatchWork, expectAllDone, openJobs, sinkOf } from './workers/fault-load.ts'
import { FaultStation, isAlive, readSink, until } from './workers/fault-station.ts'

const figure = faultFigure({ npm: { kills: 2 }, ci: { kills: 50 }, release: { kills: 1_000 } })

/** A handler that holds its loop for so long. */
const busyMs = 4_000

describe.each(storeKinds)('%s', (kind) => {
  test('X3: no worker outlives its station by three seconds, one that never yields neither, and no job is charged', {
    timeout: 60_000 + figure.kills * 30_000,
  }, async () => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const ids: number[] = []
    let slowestMs = 0
    for (let kill = 0; kill < figure.kills; kill++) {
      const station = new FaultStation(database, { processes: 2, concurrency: 2 })
      await station.ready()
      ids.push(...(await dispatchWork(database, 4, { ms: 300 })))
      ids.push(...(await dispatchWork(database, 1, { ms: busyMs, busy: true })))
      const busy = ids.at(-1)
      await until(
        () => readSink(sinkOf(database)).some(({ verb, id }) => verb === 'start' && id === busy),
        'a handler holds its loop',
      )
      const children = station.children()
      expect(children.length, 'two workers and the guard').toBeGreaterThanOrEqual(3)
      const killedMs = performance.now()
      station.child.kill('SIGKILL')
      await until(() => !children.some(isAlive), 'all of them are gone')
      slowestMs = Math.max(slowestMs, performance.now() - killedMs)
    }
    expect(slowestMs).toBeLessThan(3_000)
    const last = new FaultStation(database, { processes: 2, concurrency: 2 })
    await last.ready()
    // Two workers have a busy job of each kill before them.
    const limitMs = 60_000 + figure.kills * busyMs
    await until(async () => (await openJobs(database)) === 0, 'every job comes to its end', limitMs)
    await expectAllDone(database, ids)
    expect(await database.sql('SELECT id FROM finished_job WHERE crashes > 0 OR failures > 0 OR attempt <> 1')).toEqual(
      [],
    )
    last.child.kill('SIGTERM')
    expect(await last.exited).toBe(0)
    report('X3', { store: kind, kills: figure.kills, slowestMs: Math.round(slowestMs), jobs: ids.length })
  })
})
