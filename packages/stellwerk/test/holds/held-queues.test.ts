import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import { defineJob } from '../../src/client/define-job.ts'
import type { Stellwerk } from '../../src/client/stellwerk.ts'
import { pauseQueue } from '../../src/operations/pause-queue.ts'
import { resumeQueue } from '../../src/operations/resume-queue.ts'
import { setMaintenance } from '../../src/operations/set-maintenance.ts'
import { dropSchema, newSchemaName } from '../cli/postgres-schema.ts'
import { temporaryPath } from '../temporary-store.ts'

const ran: string[] = []
const note = defineJob({ name: 'note', handle: (_payload, { job }) => void ran.push(job.queue) })

async function open(kind: 'sqlite' | 'postgres'): Promise<Stellwerk> {
  ran.length = 0
  if (kind === 'sqlite') {
    const stellwerk = await openStellwerk({ store: `sqlite:${temporaryPath()}`, jobs: [note] })
    onTestFinished(() => stellwerk.close())
    return stellwerk
  }
  const [store, schema] = [inject('postgresUrl'), newSchemaName()]
  const stellwerk = await openStellwerk({ store, schema, jobs: [note] })
  onTestFinished(async () => {
    await stellwerk.close()
    await dropSchema(store, schema)
  })
  return stellwerk
}

const noted = (expected: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(ran).toEqual(expected), { timeout: 20_000 })

describe.each(['sqlite', 'postgres'] as const)('a station on %s', (kind) => {
  test('leaves a paused queue alone, that it is handed directly too, and takes it up when it is resumed', async () => {
    const stellwerk = await open(kind)
    await pauseQueue(stellwerk.deps(), { queue: 'mail' })
    await stellwerk.dispatch(note, undefined, { queue: 'mail' })
    await stellwerk.work()
    await stellwerk.dispatch(note, undefined, { queue: 'bills' })
    await noted(['bills'])
    // The station is alone and idle now, and has its jobs without a claim.
    await stellwerk.dispatch(note, undefined, { queue: 'mail' })
    await stellwerk.dispatch(note, undefined, { queue: 'bills' })
    await noted(['bills', 'bills'])
    await resumeQueue(stellwerk.deps(), 'mail')
    await noted(['bills', 'bills', 'mail', 'mail'])
  })

  test('honours a pause that begins while it works, within a second, and its end', async () => {
    const stellwerk = await open(kind)
    await stellwerk.work()
    await stellwerk.dispatch(note, undefined, { queue: 'mail' })
    await noted(['mail'])
    const startedMs = performance.now()
    await pauseQueue(stellwerk.deps(), { queue: 'mail', forMs: 3_000 })
    await vi.waitFor(async () => {
      await stellwerk.dispatch(note, undefined, { queue: 'mail', delay: '1ms' })
      const { counts } = (await stellwerk.queues()).find(({ queue }) => queue === 'mail') ?? { counts: { pending: 0 } }
      expect(counts.pending).toBeGreaterThan(0)
    })
    expect(performance.now() - startedMs).toBeLessThan(2_500)
    await vi.waitFor(
      async () => expect((await stellwerk.queues()).find(({ queue }) => queue === 'mail')?.counts.pending).toBe(0),
      { timeout: 20_000 },
    )
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(3_000)
  })

  test('claims nothing during maintenance', async () => {
    const stellwerk = await open(kind)
    await setMaintenance(stellwerk.deps(), { on: true })
    await stellwerk.dispatch(note, undefined, { queue: 'mail' })
    const station = await stellwerk.work()
    await stellwerk.dispatch(note, undefined, { queue: 'bills' })
    await vi.waitFor(async () => expect((await stellwerk.deps().store.stations.list()).length).toBe(1), 20_000)
    await station.untilIdle()
    expect(ran).toEqual([])
    await setMaintenance(stellwerk.deps(), { on: false })
    await vi.waitFor(() => expect(ran.toSorted()).toEqual(['bills', 'mail']), { timeout: 20_000 })
  })
})
