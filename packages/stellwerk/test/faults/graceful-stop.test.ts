import { describe, expect, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import { deferred } from '../../src/std/deferred.ts'
import { monotonicMs } from '../../src/std/monotonic.ts'
import { sleep } from '../../src/std/sleep.ts'
import { assertCounters } from './checker/check-history.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from './live-database.ts'

async function openedFor(kind: 'sqlite' | 'postgres'): Promise<LiveDatabase> {
  const database = await openLiveDatabase(kind)
  onTestFinished(() => database.close())
  return database
}

describe.each(storeKinds)('%s', (kind) => {
  test('a stop under load gives back what has not finished, attempts restored, and loses nothing', async () => {
    const database = await openedFor(kind)
    const someDone = deferred()
    let done = 0
    const job = defineJob({
      name: 'work',
      handle: async (_payload, { signal }) => {
        await sleep(5, signal)
        if (signal.aborted) throw signal.reason
        done++
        if (done === 50) someDone.resolve()
      },
    })
    const stellwerk = await openStellwerk({ ...database.address, jobs: [job] })
    onTestFinished(() => stellwerk.close())
    await stellwerk.dispatchMany(Array.from({ length: 2_000 }, () => job.with(undefined)))
    const station = await stellwerk.work({ concurrency: 20, stateDir: database.folder })
    await someDone.promise
    await station.stop({ now: true })
    expect(await database.sql(`SELECT DISTINCT state, attempt, failures, crashes FROM job`)).toEqual([
      { state: 'pending', attempt: 0, failures: 0, crashes: 0 },
    ])
    const [completed] = await database.sql(
      `SELECT count(*) AS n FROM finished_job WHERE state = 'completed' AND attempt = 1`,
    )
    const [waiting] = await database.sql('SELECT count(*) AS n FROM job')
    expect(Number(completed?.['n']), 'what was done is recorded').toBe(done)
    expect(Number(waiting?.['n'])).toBe(2_000 - done)
    expect(await database.sql(`SELECT id FROM station WHERE state = 'alive'`)).toEqual([])
    await assertCounters(database)
  })

  test('a stop waits for what runs, within its grace', async () => {
    const database = await openedFor(kind)
    const began = deferred()
    const gate = deferred()
    const job = defineJob({
      name: 'slow',
      handle: async () => {
        began.resolve()
        await gate.promise
      },
    })
    const stellwerk = await openStellwerk({ ...database.address, jobs: [job] })
    onTestFinished(() => stellwerk.close())
    const { id } = await stellwerk.dispatch(job, undefined)
    const station = await stellwerk.work({ stateDir: database.folder, grace: '20s' })
    await began.promise
    const stopped = station.stop()
    gate.resolve()
    await stopped
    expect(await stellwerk.job(id)).toMatchObject({ state: 'completed', attempt: 1 })
  })

  test('a handler that ignores its signal is left behind when the grace is over, and its late end breaks nothing', async () => {
    const database = await openedFor(kind)
    const began = deferred()
    const gate = deferred()
    const ended = deferred()
    const job = defineJob({
      name: 'deaf',
      handle: async () => {
        began.resolve()
        await gate.promise
        setImmediate(() => ended.resolve())
      },
    })
    const stellwerk = await openStellwerk({ ...database.address, jobs: [job] })
    onTestFinished(() => stellwerk.close())
    const { id } = await stellwerk.dispatch(job, undefined)
    const station = await stellwerk.work({ stateDir: database.folder, grace: 100 })
    await began.promise
    const before = monotonicMs()
    await station.stop()
    expect(monotonicMs() - before).toBeLessThan(5_000)
    expect(await stellwerk.job(id)).toMatchObject({ state: 'pending', attempt: 0, failures: 0 })
    gate.resolve()
    await ended.promise
    expect(await stellwerk.job(id)).toMatchObject({ state: 'pending', attempt: 0 })
    await assertCounters(database)
  })
})
