import { describe, expect, test } from 'vitest'
import type { Station } from '../../src/engine/station.ts'
import { storeKinds } from '../faults/live-database.ts'
import { echo, mumble, noop, parent, print } from './process-jobs.ts'
import { hasEnded, startProcesses } from './process-station.ts'

describe.each(storeKinds)('%s', (kind) => {
  test('handlers run in another process, and their results, lines and workers are kept', async () => {
    const { stellwerk, database, until } = await startProcesses(kind)
    const { id, uuid } = await stellwerk.dispatch(echo, { value: 42 })
    const { job, lines } = await until(id, hasEnded)
    expect(job).toMatchObject({ state: 'completed', workerId: expect.stringMatching(/^w_[0-9a-f]{16}$/) })
    const result = JSON.parse(String(job.result)) as { value: number; pid: number; key: string }
    expect(result).toMatchObject({ value: 42, key: uuid })
    expect(result.pid).not.toBe(process.pid)
    expect(JSON.stringify(lines)).toContain('echoing')
    expect(await database.sql(`SELECT count(*) AS left FROM job`)).toEqual([{ left: 0 }])
  })

  test('a child that a handler dispatches is durable and linked', async () => {
    const { stellwerk, until } = await startProcesses(kind)
    const { id } = await stellwerk.dispatch(parent, undefined)
    const { job } = await until(id, hasEnded)
    const { child } = JSON.parse(String(job.result)) as { child: number }
    expect((await until(child, hasEnded)).job).toMatchObject({ state: 'completed', parentId: id })
  })

  test('what a handler prints is kept with its job', async () => {
    const { stellwerk, until } = await startProcesses(kind)
    const { id } = await stellwerk.dispatch(print, undefined)
    const { lines } = await until(id, hasEnded)
    const text = JSON.stringify(lines)
    expect(text).toContain('to the console')
    expect(text).toContain('to the error output')
  })

  test.each(['process', 'inline'] as const)(
    '%s: a note that no store would take as it is is seen while the handler runs, and holds nobody up',
    async (executor) => {
      const { stellwerk, until } = await startProcesses(kind, executor === 'inline' ? { executor, modules: [] } : {})
      const { id } = await stellwerk.dispatch(mumble, undefined)
      const { job, lines } = await until(id, (details) => details.job.progress !== null && details.lines.length > 1)
      expect(job).toMatchObject({ state: 'processing', progress: 30, progressNote: 'a\ufffdb\ufffdc' })
      expect(lines.at(-1)).toMatchObject({ message: 'd\u0000e' })
      await stellwerk.cancel(id)
      await until(id, hasEnded)
    },
  )

  test('many jobs run on all processes, each once', async () => {
    const { stellwerk, database, station, events } = await startProcesses(kind, { processes: 2 })
    const ready = () => (station as Station).control.reports().filter(({ status }) => status === 'idle')
    await expect.poll(() => ready().length, { timeout: 20_000 }).toBe(2)
    await stellwerk.dispatchMany(Array.from({ length: 2_000 }, () => noop.with(undefined)))
    await station.untilIdle()
    const rows = await database.sql('SELECT worker_id, count(*) AS done FROM finished_job GROUP BY worker_id')
    expect(rows.reduce((sum, { done }) => sum + Number(done), 0)).toBe(2_000)
    expect(rows).toHaveLength(2)
    expect(events.filter(({ kind: what }) => what === 'ended')).toHaveLength(2_000)
  })
})
