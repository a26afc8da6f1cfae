import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeKinds } from '../faults/live-database.ts'
import { deaf, die, echo, fatal, loop, pause } from './process-jobs.ts'
import { hasEnded, startProcesses } from './process-station.ts'

describe.each(storeKinds)('%s', (kind) => {
  test('a job that kills its process fails after three deaths, its hook runs, and others go on', async () => {
    const { stellwerk, database, until } = await startProcesses(kind, { concurrency: 1 })
    const sink = join(database.folder, 'sink')
    const { id } = await stellwerk.dispatch(die, { how: 'kill', sink })
    const { job, attempts } = await until(id, hasEnded)
    expect(job).toMatchObject({ state: 'failed', crashes: 3, failures: 0, failureKind: 'crash' })
    expect(job.errorMessage).toContain('signal SIGKILL')
    expect(attempts.map(({ kind: why, attempt }) => [why, attempt])).toEqual([
      ['crash', 1],
      ['crash', 2],
      ['crash', 3],
    ])
    const other = await stellwerk.dispatch(echo, { value: 1 })
    expect((await until(other.id, hasEnded)).job.state).toBe('completed')
    await expect.poll(() => readFileSync(sink, 'utf8'), { timeout: 20_000 }).toContain(`${id} crash`)
    expect(readFileSync(sink, 'utf8').trim().split('\n')).toHaveLength(4)
  })

  test('it goes to the dead-letter queue that the station or its type names, and keeps what killed it', async () => {
    const { stellwerk, until } = await startProcesses(kind, { concurrency: 1, deadLetters: { default: 'dead' } })
    const ids = [
      (await stellwerk.dispatch(die, { how: 'kill' }, { maxCrashes: 1 })).id,
      (await stellwerk.dispatch(fatal, undefined, { maxCrashes: 1 })).id,
    ]
    const [one, other] = [await until(ids[0] ?? 0, hasEnded), await until(ids[1] ?? 0, hasEnded)]
    expect(one.job).toMatchObject({ state: 'failed', queue: 'dead', originQueue: 'default', crashes: 1 })
    expect(one.job.errorMessage).toMatch(/signal SIGKILL/)
    expect(other.job).toMatchObject({ state: 'failed', queue: 'fatal-dead', originQueue: 'default', crashes: 1 })
  })

  test.each(['exit', 'reject', 'garbage', 'lie'] as const)(
    '%s: the worker is gone, the job is charged, nothing else',
    async (how) => {
      const { stellwerk, until, lines } = await startProcesses(kind, { concurrency: 1 })
      const { id } = await stellwerk.dispatch(die, { how }, { maxCrashes: 1 })
      const { job } = await until(id, hasEnded)
      expect(job).toMatchObject({ state: 'failed', crashes: 1, failureKind: 'crash' })
      expect(lines.join('\n')).toMatch(how === 'garbage' || how === 'lie' ? /into its channel/ : /exit code/)
    },
  )

  test('of several in one process all are suspects: the innocent pay nothing', async () => {
    const { stellwerk, database, until } = await startProcesses(kind, { concurrency: 4 })
    const innocent = await stellwerk.dispatchMany([1, 2, 3].map(() => pause.with({ ms: 300 })))
    const guilty = await stellwerk.dispatch(die, { how: 'kill' }, { maxCrashes: 1 })
    expect((await until(guilty.id, hasEnded)).job).toMatchObject({ state: 'failed', crashes: 1 })
    for (const { id } of innocent)
      expect((await until(id, hasEnded)).job).toMatchObject({ state: 'completed', crashes: 0, attempt: 1 })
    expect(await database.sql(`SELECT count(*) AS charged FROM finished_job WHERE crashes > 0`)).toEqual([
      { charged: 0 },
    ])
  })

  test.each([
    ['an endless loop', loop],
    ['a handler that ignores its signal', deaf],
  ])('%s is stopped by killing its process, and its neighbour goes back unburnt', async (_, definition) => {
    const { stellwerk, until } = await startProcesses(kind, { concurrency: 2 })
    const neighbour = await stellwerk.dispatch(pause, { ms: 4_000 })
    await until(neighbour.id, ({ job }) => job.state === 'processing')
    const { id } = await stellwerk.dispatch(definition, undefined)
    const { job, attempts } = await until(id, hasEnded)
    expect(job).toMatchObject({ state: 'failed', failureKind: 'timeout', crashes: 0, failures: 1 })
    expect(attempts).toHaveLength(1)
    expect((await until(neighbour.id, hasEnded)).job).toMatchObject({ state: 'completed', attempt: 1, crashes: 0 })
  })
})
