import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { type LiveDatabase, openLiveDatabase, storeKinds } from '../faults/live-database.ts'
import { mourn } from '../faults/workers/fault-jobs.ts'
import { FaultStation, readSink, until } from '../faults/workers/fault-station.ts'
import { pause } from './process-jobs.ts'
import { hasEnded, startProcesses } from './process-station.ts'

const verbs = (sink: string): readonly string[] => readSink(sink).map(({ verb }) => verb)

/** Whose hooks are held by a station, and how often they were begun. */
const heldHooks = (database: LiveDatabase) => database.sql('SELECT hook, hook_by, hook_runs FROM failed_job')

describe.each(storeKinds)('%s', (kind) => {
  test('a hook whose worker dies in it runs again in another, and the job beside it pays nothing', async () => {
    const { stellwerk, database, until: untilJob, lines } = await startProcesses(kind, { concurrency: 4 })
    const sink = join(database.folder, 'sink')
    const neighbour = await stellwerk.dispatch(pause, { ms: 3_000 })
    await untilJob(neighbour.id, ({ job }) => job.state === 'processing')
    await stellwerk.dispatch(mourn, { sink, deaths: 1, how: 'kill' })
    await until(() => verbs(sink).includes('mourned'), 'the hook has run')
    expect(verbs(sink)).toEqual(['hook', 'hook', 'mourned'])
    expect(new Set(readSink(sink).map(({ pid }) => pid)).size, 'another process').toBe(2)
    await until(async () => (await heldHooks(database))[0]?.['hook_by'] === null, 'the store has heard of it')
    expect(await heldHooks(database)).toEqual([{ hook: 'taken', hook_by: null, hook_runs: 2 }])
    expect((await untilJob(neighbour.id, hasEnded)).job).toMatchObject({ state: 'completed', crashes: 0, attempt: 1 })
    expect(lines.join('\n')).toContain('a process died while it ran a failed hook')
  })

  test('a hook in which every worker dies is given up after three, and says so', async () => {
    const { stellwerk, database, lines } = await startProcesses(kind, { concurrency: 1 })
    const sink = join(database.folder, 'sink')
    await stellwerk.dispatch(mourn, { sink, deaths: 99, how: 'kill' })
    await until(() => lines.some((line) => line.includes('a failed hook is given up')), 'it is given up')
    expect(verbs(sink)).toEqual(['hook', 'hook', 'hook'])
    expect(await heldHooks(database)).toEqual([{ hook: 'taken', hook_by: null, hook_runs: 3 }])
  })

  test.each(['process', 'inline'] as const)(
    '%s: a hook whose station is killed in it runs at another',
    async (executor) => {
      const database = await openLiveDatabase(kind)
      onTestFinished(() => database.close())
      const sink = join(database.folder, 'sink')
      const first = new FaultStation(database, { executor })
      await first.ready()
      const stellwerk = await openStellwerk({ ...database.address, jobs: [mourn] })
      onTestFinished(() => stellwerk.close())
      await stellwerk.dispatch(mourn, { sink, deaths: 1, how: 'hang' })
      await until(() => verbs(sink).length === 1, 'the hook runs')
      first.child.kill('SIGKILL')
      await first.exited
      const second = new FaultStation(database, { executor })
      await second.ready()
      await until(() => verbs(sink).includes('mourned'), 'the hook has run')
      expect(verbs(sink)).toEqual(['hook', 'hook', 'mourned'])
      second.child.kill('SIGTERM')
      expect(await second.exited).toBe(0)
      expect(await heldHooks(database)).toEqual([{ hook: 'taken', hook_by: null, hook_runs: 2 }])
    },
  )
})
