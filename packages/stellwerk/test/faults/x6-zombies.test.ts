import { describe, expect, onTestFinished, test } from 'vitest'
import { sharedClockMs } from '../../src/std/shared-clock.ts'
import { sleep } from '../../src/std/sleep.ts'
import { assertCounters, assertOneStartPerClaim } from './checker/check-history.ts'
import { cutOff, readSink } from './checker/history.ts'
import { faultFigure, faultSeed, report } from './fault-scale.ts'
import { isWriterStopped, type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'
import { liveJobs, Storm } from './storm/conduct-storm.ts'
import { newStormJob } from './storm/new-storm-job.ts'
import type { StormProcess } from './storm/storm-process.ts'

const leaseMs = 1_000
const concurrency = 4
/** Half a lease: a job that ran when its station was stopped is long over on its timer when the station wakes up. */
const runMs = 500
const figure = faultFigure({
  npm: { stations: 4, perRound: 2, rounds: 2, limitMs: 100_000 },
  ci: { stations: 6, perRound: 4, rounds: 25, limitMs: 900_000 },
  release: { stations: 6, perRound: 4, rounds: 500, limitMs: 18_000_000 },
})

/** What a stopped station held, and where its own account of things was when it went on. */
interface Zombie {
  readonly process: StormProcess
  readonly held: readonly number[]
  readonly wokenMs: number
}

async function fill(database: LiveDatabase, jobs: number, token: string): Promise<void> {
  const payload = { ms: runMs, failures: 0, poison: false }
  await database.store.dispatch.insertJobs({ token, jobs: Array.from({ length: jobs }, () => newStormJob(payload)) })
}

/** Those of `ids` that a station still holds, with the claim. */
async function processing(database: LiveDatabase, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const found = await Promise.all(ids.map((id) => database.store.jobs.find(id)))
  return new Map(found.flatMap((job) => (job?.state === 'processing' ? [[job.id, job.claimSeq] as const] : [])))
}

/** What a zombie told since it woke up, of the jobs that it held then: the first word about each counts, since it may get the job again. */
function told({ process, held, wokenMs }: Zombie): Readonly<Record<'refused' | 'accepted' | 'aborted', number>> {
  const late = process.events.filter(({ at }) => at >= wokenMs)
  const first = new Map<number, string>()
  for (const event of late) {
    if (event.e !== 'station') continue
    const word = event.event.kind === 'started' ? 'again' : event.event.outcome
    if (!first.has(event.event.id)) first.set(event.event.id, word)
  }
  const words = held.flatMap((id) => first.get(id) ?? [])
  return {
    refused: words.filter((word) => word === 'refused').length,
    accepted: words.filter((word) => word !== 'refused' && word !== 'again').length,
    aborted: late.filter((event) => event.e === 'aborted' && held.includes(event.id)).length,
  }
}

/** Stops stations that run jobs, until others have taken these over; then lets them go on. None where one held the store's lock. */
async function stopAndWake(storm: Storm, database: LiveDatabase): Promise<readonly Zombie[]> {
  const busy = (): readonly StormProcess[] =>
    storm.stations.filter(({ isReady, events }) => isReady && cutOff(events).length === concurrency)
  await storm.until(() => busy().length >= figure.perRound, 'enough stations are busy')
  const stopped = busy().slice(0, figure.perRound)
  for (const { child } of stopped) child.kill('SIGSTOP')
  const stoppedMs = sharedClockMs()
  if (isWriterStopped(database, 3 * leaseMs)) {
    for (const { child } of stopped) child.kill('SIGCONT')
    return []
  }
  await sleep(50) // What they wrote before is on its way.
  const open = stopped.map(({ events }) => cutOff(events))
  const before = await processing(database, open.flat())
  const held = open.map((ids) => ids.filter((id) => before.has(id)))
  const rescued = async (): Promise<boolean> => {
    const now = await processing(database, held.flat())
    return held.flat().every((id) => now.get(id) !== before.get(id))
  }
  await storm.until(
    async () => sharedClockMs() - stoppedMs > 2 * leaseMs && (await rescued()),
    'the zombies are rescued',
  )
  const wokenMs = sharedClockMs()
  for (const { child } of stopped) child.kill('SIGCONT')
  return stopped.map((process, index) => ({ process, held: held[index] ?? [], wokenMs }))
}

/** A woken zombie has registered under a new id and started jobs since. */
function worksOn({ process, wokenMs }: Zombie): boolean {
  const renamed = process.events.find(({ e, at }) => e === 'identity' && at > wokenMs)
  return (
    renamed !== undefined &&
    process.events.some((event) => event.e === 'station' && event.event.kind === 'started' && event.at > renamed.at)
  )
}

describe.each(storeKinds)('%s', (kind) => {
  test('X6: a station that stood still for two leases has its late outcomes refused, and works on', {
    timeout: figure.limitMs + 30_000,
  }, async () => {
    const seed = faultSeed('X6')
    const database = await openLiveDatabase(kind)
    onTestFinished(() => database.close())
    const { stations, limitMs } = figure
    const storm = new Storm({ database, seed, stations, concurrency, leaseMs, limitMs })
    onTestFinished(() => storm.abort())
    storm.startStations()
    await storm.until(() => storm.stations.every(({ isReady }) => isReady), 'stations start')
    const zombies: Zombie[] = []
    const wanted = figure.rounds * figure.perRound
    let writersStopped = 0
    for (let round = 0; zombies.length < wanted; round++) {
      await fill(database, stations * concurrency * 3, `x6-${seed}-${round}`)
      const woken = await stopAndWake(storm, database)
      await fill(database, stations * concurrency * 2, `x6-${seed}-${round}-more`)
      await storm.until(() => woken.every(worksOn), 'each zombie works on under a new id')
      if (woken.length === 0) writersStopped++
      zombies.push(...woken)
    }
    await storm.until(async () => (await liveJobs(database)) === 0, 'every job comes to its end')
    const log = await storm.calm()
    const sums = zombies.map(told)
    const sum = (key: 'refused' | 'accepted' | 'aborted'): number => sums.reduce((total, each) => total + each[key], 0)
    expect(zombies, 'the fault fired').toHaveLength(wanted)
    expect(sum('accepted'), 'a stale outcome is accepted').toBe(0)
    expect(sum('refused') + sum('aborted'), 'zombies had something to say').toBeGreaterThan(0)
    expect(await database.sql('SELECT id, attempt, crashes, failures FROM failed_job')).toEqual([])
    const charged = 'attempt <> 1 OR crashes > 0 OR failures > 0'
    expect(await database.sql(`SELECT id, attempt, crashes, failures FROM finished_job WHERE ${charged}`)).toEqual([])
    assertOneStartPerClaim(readSink(log.sinkPath))
    await assertCounters(database)
    const figures = { fired: zombies.length, writersStopped, held: zombies.flatMap(({ held }) => held).length }
    report('X6', {
      store: kind,
      seed,
      ...figures,
      refused: sum('refused'),
      accepted: 0,
      aborted: sum('aborted'),
      elapsedMs: log.elapsedMs,
    })
  })
})
