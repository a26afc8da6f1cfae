import { describe, expect, test } from 'vitest'
import { listWorkers } from '../../src/operations/list-workers.ts'
import { storeKinds } from '../faults/live-database.ts'
import { pause } from './process-jobs.ts'
import { hasEnded, startProcesses } from './process-station.ts'

describe.each(storeKinds)('%s', (kind) => {
  test('of several pools one grows with its queues, the other keeps its size, its queue and its own rules', async () => {
    const { stellwerk, database, until } = await startProcesses(kind, {
      defaults: { tries: 3 },
      grace: 500,
      pools: {
        mail: { queues: ['a', 'b'], balance: 'auto', min: 1, max: 2, scaleUpAt: 2, cooldown: 0, concurrency: 1 },
        strict: { queues: ['c'], concurrency: 1, tries: 1, timeout: 300 },
      },
    })
    const late = await stellwerk.dispatch(pause, { ms: 60_000 }, { queue: 'c' })
    const { job } = await until(late.id, hasEnded)
    expect(job).toMatchObject({ state: 'failed', attempt: 1 })
    const jobs = ['a', 'b'].flatMap((queue) => Array.from({ length: 15 }, () => pause.with({ ms: 200 }, { queue })))
    const ended = async () => await database.sql('SELECT queue, worker_id FROM finished_job')
    let bursts = 0
    // It grows as soon as its second process has started, however long that takes: until then there is work for both.
    const sharers = async (): Promise<number> => {
      for (const { id } of await stellwerk.dispatchMany(jobs)) await until(id, hasEnded)
      bursts++
      return new Set((await ended()).map(({ worker_id }) => worker_id)).size
    }
    await expect.poll(sharers, { timeout: 60_000 }).toBe(2)
    expect((await ended()).filter(({ queue }) => queue === 'a')).toHaveLength(15 * bursts)
    const { pools } = await listWorkers(stellwerk.deps())
    expect(pools.find(({ name }) => name === 'strict')).toMatchObject({ processes: 1, queues: ['c'] })
  })
})
