import { describe, expect, test } from 'vitest'
import type { WorkOptions } from '../../src/client/work-options.ts'
import { storeKinds } from '../faults/live-database.ts'
import { pause } from './process-jobs.ts'
import { hasEnded, startProcesses } from './process-station.ts'

const setups: readonly (readonly [string, WorkOptions])[] = [
  ['in the station', { executor: 'inline', concurrency: 4 }],
  ['in two processes', { executor: 'process', concurrency: 2, processes: 2 }],
]

describe.each(storeKinds)('%s', (kind) => {
  test.each(setups)('%s: reserved slots stay free for urgent jobs, and the others use up the rest', async (_, own) => {
    const reserved = { priority: 'high', slots: 1 } as const
    const { stellwerk, station, events, until } = await startProcesses(kind, { ...own, reserved, grace: 500 })
    const started = () => events.flatMap((event) => (event.kind === 'started' ? [event.id] : []))
    const long = await stellwerk.dispatchMany(Array.from({ length: 3 }, () => pause.with({ ms: 60_000 })))
    const waits = await stellwerk.dispatch(pause, { ms: 1 })
    for (const { id } of long) await until(id, ({ job }) => job.state === 'processing')
    const urgent = await stellwerk.dispatch(pause, { ms: 1 }, { priority: 'critical' })
    await until(urgent.id, hasEnded)
    expect(started()).toEqual([...long.map(({ id }) => id), urgent.id])
    for (const { id } of long) await stellwerk.cancel(id)
    await until(waits.id, hasEnded)
    await station.untilIdle()
    expect(started()).toContain(waits.id)
  })
})
