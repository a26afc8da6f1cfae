import { describe, expect, test } from 'vitest'
import type { WorkerReport } from '../../src/domain/worker/worker-report.ts'
import type { Station } from '../../src/engine/station.ts'
import { storeKinds } from '../faults/live-database.ts'
import { echo, pause } from './process-jobs.ts'
import { hasEnded, type ProcessStation, startProcesses } from './process-station.ts'

const reports = ({ station }: ProcessStation): readonly WorkerReport[] => (station as Station).control.reports()
const here = ['idle', 'active', 'paused']
const present = (started: ProcessStation) => reports(started).filter(({ status }) => here.includes(status))

/** A station of two workers, each in a job, and the one of them that is to be told. */
async function startTwo(kind: (typeof storeKinds)[number]) {
  const started = await startProcesses(kind, { processes: 2, concurrency: 1 })
  await expect.poll(() => present(started).length, { timeout: 20_000 }).toBe(2)
  const jobs = await started.stellwerk.dispatchMany([1, 2].map(() => pause.with({ ms: 2_500 })))
  await expect
    .poll(() => present(started).map(({ status }) => status), { timeout: 10_000 })
    .toEqual(['active', 'active'])
  const [told, other] = present(started)
  if (told === undefined || other === undefined) throw new Error('two workers were there')
  return { started, jobs, told, other }
}

describe.each(storeKinds)('%s', (kind) => {
  test.each(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGUSR2'] as const)(
    '%s to one worker: it ends its job and leaves, another takes its place, and nobody is charged',
    async (signal) => {
      const { started, jobs, told, other } = await startTwo(kind)
      process.kill(told.pid, signal)
      for (const { id } of jobs) {
        const { job } = await started.until(id, hasEnded)
        expect(job).toMatchObject({ state: 'completed', attempt: 1, crashes: 0, failures: 0 })
      }
      await expect
        .poll(() => present(started).map(({ id }) => id), { timeout: 20_000 })
        .toEqual([other.id, expect.not.stringContaining(told.id)])
      const successor = () => reports(started).find(({ id }) => id !== other.id && id !== told.id)
      await expect.poll(() => successor()?.lastExit, { timeout: 20_000 }).toMatchObject({ code: 0, signal: null })
      expect(successor()?.restarts).toBe(1)
      expect(other.pid).toBe(reports(started).find(({ id }) => id === other.id)?.pid)
      expect(started.lines.filter((line) => line.includes('another takes its place'))).toEqual([])
      const { id } = await started.stellwerk.dispatch(echo, { value: 1 })
      expect((await started.until(id, hasEnded)).job.state).toBe('completed')
    },
  )

  test('TSTP pauses one worker, which ends its job and takes no other; CONT lets it go on', async () => {
    const { started, jobs, told, other } = await startTwo(kind)
    const statusOfTold = () => reports(started).find(({ id }) => id === told.id)?.status
    process.kill(told.pid, 'SIGTSTP')
    await expect.poll(statusOfTold, { timeout: 20_000 }).toBe('paused')
    for (const { id } of jobs) expect((await started.until(id, hasEnded)).job).toMatchObject({ attempt: 1, crashes: 0 })
    const pidOf = async (): Promise<number> => {
      const { id } = await started.stellwerk.dispatch(echo, { value: 1 })
      const { job } = await started.until(id, hasEnded)
      return (JSON.parse(String(job.result)) as { readonly pid: number }).pid
    }
    const pids = [await pidOf(), await pidOf(), await pidOf(), await pidOf(), await pidOf(), await pidOf()]
    expect(new Set(pids), 'the other one alone').toEqual(new Set([other.pid]))
    process.kill(told.pid, 'SIGCONT')
    await expect.poll(statusOfTold, { timeout: 20_000 }).toBe('idle')
    await expect.poll(pidOf, { timeout: 20_000 }).toBe(told.pid)
    expect(reports(started).map(({ id, restarts }) => [id, restarts])).toEqual([
      [told.id, 0],
      [other.id, 0],
    ])
  })
})
