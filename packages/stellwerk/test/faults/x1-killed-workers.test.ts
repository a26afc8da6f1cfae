import { describe, expect, onTestFinished, test } from 'vitest'
import { sleep } from '../../src/std/sleep.ts'
import { faultFigure, faultSeed, randomOf, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'
import { dispatchWork, expectAllDone, openJobs, sinkOf } from './workers/fault-load.ts'
import { FaultStation, readSink, until } from './workers/fault-station.ts'

const figure = faultFigure({
  npm: { kills: 4, jobs: 200, restMs: 60_000 },
  ci: { kills: 200, jobs: 20_000, restMs: 600_000 },
  release: { kills: 5_000, jobs: 1_000_000, restMs: 14_400_000 },
})
/** Fewer than the deaths in a row from which a pool is tried again each half minute only. */
const blowsPerStation = 6

/** So much longer than it takes to see who runs it that its worker is killed in it. */
const longMs = 5_000

/** The worker in which this job was begun first. */
async function runnerOf(sink: string, id: number): Promise<number> {
  const starts = () => readSink(sink).filter((line) => line.verb === 'start' && line.id === id)
  await until(() => starts().length > 0, 'a worker is at work')
  return Number(starts()[0]?.pid)
}

interface Blow {
  readonly database: LiveDatabase
  /** How many jobs it falls among. */
  readonly share: number
  /** Whether it meets a worker that is at work for sure; else it falls at any moment of a worker's life. */
  readonly atWork: boolean
  readonly random: () => number
}

/** Kills a worker among new jobs; returns these. */
async function strike(station: FaultStation, { database, share, atWork, random }: Blow): Promise<readonly number[]> {
  await until(() => station.workers().length === 2, 'both workers are there')
  const long = atWork ? await dispatchWork(database, 1, { ms: longMs, once: true }) : []
  const others = await dispatchWork(database, share, { ms: 40 })
  const runner = long[0] === undefined ? undefined : await runnerOf(sinkOf(database), long[0])
  await sleep(random() * 150)
  if (runner === undefined || !isKilled(runner))
    await until(() => isKilled(anyOf(station.workers(), random)), 'a blow that meets a worker')
  return [...long, ...others]
}

function anyOf(pids: readonly number[], random: () => number): number | undefined {
  return pids[Math.floor(random() * pids.length)]
}

/** Whether there was such a process to kill: one may have ended since it was seen. */
function isKilled(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

describe.each(storeKinds)('%s', (kind) => {
  test('X1 and X2, workers: those killed at random lose no job and complete none twice', {
    timeout: 120_000 + figure.kills * 10_000,
  }, async () => {
    const seed = faultSeed('X1 workers')
    const random = randomOf(seed)
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const ids: number[] = []
    let completed = 0
    const share = Math.ceil(figure.jobs / figure.kills)
    for (let kill = 0; kill < figure.kills; ) {
      const station = new FaultStation(database, { processes: 2, concurrency: 3 })
      await station.ready()
      for (let blow = 0; blow < blowsPerStation && kill < figure.kills; blow++, kill++) {
        ids.push(...(await strike(station, { database, share, random, atWork: blow % 2 === 0 })))
      }
      // The last one has no successor: it does what is left.
      if (kill >= figure.kills)
        await until(async () => (await openJobs(database)) === 0, 'every job ends', figure.restMs)
      station.child.kill('SIGTERM')
      expect(await station.exited).toBe(0)
      completed += station.counts().completed
    }
    await expectAllDone(database, ids)
    const starts = readSink(sinkOf(database)).filter(({ verb }) => verb === 'start').length
    expect(starts - ids.length, 'some kills met running jobs').toBeGreaterThan(0)
    expect(completed).toBe(ids.length)
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
