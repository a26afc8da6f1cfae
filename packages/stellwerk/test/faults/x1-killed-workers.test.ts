import { describe, expect, onTestFinished, test } from 'vitest'
import { sleep } from '../../src/std/sleep.ts'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { openLiveDatabase, storeKinds } from './live-database.ts'
import { dispatchWork, expectAllDone, openJobs, sinkOf } from './workers/fault-load.ts'
import { FaultStation, readSink, until } from './workers/fault-station.ts'

const figure = faultFigure({
  npm: { kills: 4, jobs: 200 },
  ci: { kills: 200, jobs: 20_000 },
  release: { kills: 5_000, jobs: 1_000_000 },
})

describe.each(storeKinds)('%s', (kind) => {
  test('X1 and X2, workers: those killed at random lose no job and complete none twice', {
    timeout: 120_000 + figure.kills * 10_000,
  }, async () => {
    const seed = faultSeed('X1 workers')
    const random = randomOf(seed)
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const station = new FaultStation(database, { processes: 2, concurrency: 3 })
    await station.ready()
    const ids: number[] = []
    const share = Math.ceil(figure.jobs / figure.kills)
    for (let kill = 0; kill < figure.kills; kill++) {
      ids.push(...(await dispatchWork(database, share, { ms: 40 })))
      await sleep(random() * 150)
      await until(() => station.workers().length > 0, 'a worker is there')
      const workers = station.workers()
      process.kill(Number(workers[Math.floor(random() * workers.length)]), 'SIGKILL')
    }
    await until(async () => (await openJobs(database)) === 0, 'every job comes to its end')
    await expectAllDone(database, ids)
    const starts = readSink(sinkOf(database)).filter(({ verb }) => verb === 'start').length
    expect(starts - ids.length, 'some kills met running jobs').toBeGreaterThan(0)
    station.child.kill('SIGTERM')
    expect(await station.exited).toBe(0)
    expect(station.counts().completed).toBe(ids.length)
    report('X1 workers', { store: kind, seed, kills: figure.kills, jobs: ids.length, redelivered: starts - ids.length })
  })

  test('jobs of a killed worker run again within a second, in another worker', { timeout: 60_000 }, async () => {
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const station = new FaultStation(database, { processes: 2, concurrency: 1 })
    await station.ready()
    await until(() => station.workers().length === 2, 'both workers are there')
    const [id] = await dispatchWork(database, 1, { ms: 1_500 })
    const starts = () => readSink(sinkOf(database)).filter(({ verb }) => verb === 'start')
    await until(() => starts().length === 1, 'it runs')
    const runner = Number(starts()[0]?.pid)
    const killedMs = performance.now()
    process.kill(runner, 'SIGKILL')
    await until(() => starts().length === 2, 'it runs again')
    const againMs = performance.now() - killedMs
    await until(async () => (await openJobs(database)) === 0, 'it ends')
    await expectAllDone(database, [Number(id)])
    expect(againMs).toBeLessThan(1_000)
    report('recovery of a killed worker', { store: kind, againMs: Math.round(againMs) })
  })
})
