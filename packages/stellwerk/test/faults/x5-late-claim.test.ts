import { expect, inject, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { deferred } from '../../src/std/deferred.ts'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { sleep } from '../../src/std/sleep.ts'
import { FaultProxy } from '../setup/fault-proxy.ts'
import { faultFigure, report } from './fault-scale.ts'
import { type LiveDatabase, openLiveDatabase } from './live-database.ts'

const leaseMs = 3_000
const figure = faultFigure({
  npm: { rounds: 1, limitMs: 60_000 },
  ci: { rounds: 10, limitMs: 300_000 },
  release: { rounds: 200, limitMs: 3_600_000 },
})

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const startedMs = monotonicMs()
  while (!(await condition())) {
    if (monotonicMs() - startedMs > 20_000) throw new Error(`not within 20 s: ${what}`)
    await sleep(10)
  }
}

async function stateOf({ store }: LiveDatabase, id: number): Promise<string> {
  return (await store.jobs.find(id))?.state ?? 'absent'
}

/** A job that runs until its gate is opened. */
function gatedJob(gate: Promise<void>) {
  return defineJob({ name: 'gated', tries: 1, timeout: '5m', handle: () => gate })
}

/** One claim arrives late; returns how long its job was in nobody's hands. */
async function meetLateClaim(database: LiveDatabase, proxy: FaultProxy): Promise<number> {
  const gate = deferred()
  const job = gatedJob(gate.promise)
  const { store, ...schema } = database.address
  const crippled = await openStellwerk({ store: proxy.through(store), ...schema, jobs: [job], listen: false })
  const station = await crippled.work({ concurrency: 1, lease: leaseMs, stateDir: database.folder })
  const [before, application] = [proxy.lates, await openStellwerk({ ...database.address, jobs: [job] })]
  // Longer than the station needs to look at what it holds and to claim anew, and for the other two jobs.
  proxy.lateAt('WITH picked AS MATERIALIZED', 3_000)
  const isHeld = async (id: number): Promise<boolean> => (await stateOf(database, id)) === 'processing'
  const running = await application.dispatch(job, undefined)
  await until(() => isHeld(running.id), 'one job runs')
  const buffered = await application.dispatch(job, undefined)
  await until(() => isHeld(buffered.id), 'another waits for it in the same hands')
  const waiting = await application.dispatch(job, undefined)
  await until(() => isHeld(waiting.id), 'the late claim takes the third')
  const takenMs = monotonicMs()
  expect(proxy.lates - before, 'the fault fired').toBe(1)
  expect(await database.store.jobs.find(waiting.id)).toMatchObject({ stationId: station.id, attempt: 1 })
  await until(async () => (await stateOf(database, waiting.id)) === 'pending', 'it is given back')
  const strandedMs = monotonicMs() - takenMs
  for (const { id } of [running, buffered]) expect(await isHeld(id), 'what it knows of is left alone').toBe(true)
  gate.resolve()
  await until(async () => (await stateOf(database, waiting.id)) === 'completed', 'it runs after all')
  expect(await database.store.jobs.find(waiting.id)).toMatchObject({ attempt: 1, failures: 0, crashes: 0 })
  await Promise.all([crippled.close(), application.close()])
  return strandedMs
}

test('X5: a claim that the network delivers after the station has looked what it holds strands no job, on postgres', {
  timeout: figure.limitMs,
}, async () => {
  const database = await openLiveDatabase('postgres')
  onTestFinished(() => database.close())
  const proxy = await FaultProxy.start(inject('postgresUrl'))
  onTestFinished(() => proxy.close())
  const stranded: number[] = []
  for (let round = 0; round < figure.rounds; round++) stranded.push(await meetLateClaim(database, proxy))
  const longestMs = Math.round(Math.max(...stranded))
  expect(longestMs, 'no longer than a lease').toBeLessThan(leaseMs)
  report('X5', { store: 'postgres', fired: figure.rounds, longestStrandedMs: longestMs })
})
