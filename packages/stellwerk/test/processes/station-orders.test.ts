import { describe, expect, test } from 'vitest'
import type { OrderKind, WorkerOrder } from '../../src/domain/worker/worker-order.ts'
import type { Station } from '../../src/engine/station.ts'
import type { OrderAnswer } from '../../src/engine/station-control.ts'
import { deaf, die, echo, greedy, leak, noop, pause, printNatively } from './process-jobs.ts'
import { hasEnded, type ProcessStation, startProcesses } from './process-station.ts'

function controlOf({ station }: ProcessStation) {
  return (station as Station).control
}

function give(started: ProcessStation, kind: OrderKind, target: Partial<WorkerOrder> = {}): Promise<OrderAnswer> {
  const nobody = { pool: null, workerId: null, processes: null, jobId: null, claimSeq: null }
  const told = { id: 1, stationId: started.station.id, byKind: 'cli', byName: 'test', givenAt: 0, expiresAt: 0 }
  return controlOf(started).apply({
    ...nobody,
    ...told,
    kind,
    state: 'pending',
    answeredAt: null,
    answer: null,
    ...target,
  })
}

const workers = (started: ProcessStation) => controlOf(started).reports()
const ready = (started: ProcessStation) =>
  workers(started).filter(({ status }) => status === 'idle' || status === 'active' || status === 'paused')

describe('orders to a station with worker processes', () => {
  test('a worker tells of itself', async () => {
    const started = await startProcesses('sqlite', { concurrency: 3, memory: 300 })
    const { id } = await started.stellwerk.dispatch(echo, { value: 1 })
    await started.until(id, hasEnded)
    await expect.poll(() => workers(started)[0]?.jobsDone, { timeout: 20_000 }).toBe(1)
    expect(workers(started)).toMatchObject([
      {
        stationId: started.station.id,
        pool: 'default',
        kind: 'process',
        status: 'idle',
        queues: ['*'],
        types: null,
        concurrency: 3,
        restarts: 0,
        lastExit: null,
        memoryLimitBytes: 300 * 1_048_576,
        jobsFailed: 0,
        errorRatio: 0,
      },
    ])
    expect(workers(started)[0]?.memoryBytes).toBeGreaterThan(20_000_000)
  })

  test('scale goes as far as the configuration allows', async () => {
    const started = await startProcesses('sqlite', { min: 1, max: 2 })
    expect(await give(started, 'scale', { pool: 'default', processes: 3 })).toMatchObject({ state: 'refused' })
    expect(await give(started, 'scale', { pool: 'default', processes: 2 })).toEqual({ state: 'done', answer: null })
    await expect.poll(() => ready(started).length, { timeout: 20_000 }).toBe(2)
    expect(await give(started, 'start', { pool: 'default' })).toMatchObject({ state: 'refused' })
    await give(started, 'scale', { pool: 'default', processes: 1 })
    await expect.poll(() => workers(started).length, { timeout: 20_000 }).toBe(1)
    expect(await give(started, 'stop', { pool: 'none' })).toMatchObject({ state: 'refused' })
    expect(await give(started, 'stop', { workerId: 'w_gone' })).toMatchObject({ state: 'refused' })
  })

  test('a paused pool starts nothing, and goes on when it is told to', async () => {
    const started = await startProcesses('sqlite')
    await give(started, 'pause')
    expect(workers(started)[0]?.status).toBe('paused')
    const { id } = await started.stellwerk.dispatch(echo, { value: 1 })
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect((await started.stellwerk.job(id)).state).toBe('pending')
    await give(started, 'resume')
    expect((await started.until(id, hasEnded)).job.state).toBe('completed')
  })

  test('restart brings another process, without a charge to what runs', async () => {
    const started = await startProcesses('sqlite')
    const [before] = workers(started)
    const { id } = await started.stellwerk.dispatch(pause, { ms: 1_500 })
    await started.until(id, ({ job }) => job.state === 'processing')
    await give(started, 'restart')
    expect((await started.until(id, hasEnded)).job).toMatchObject({
      state: 'completed',
      attempt: 1,
      workerId: before?.id,
    })
    await expect.poll(() => ready(started).map((worker) => worker.id), { timeout: 20_000 }).not.toContain(before?.id)
  })

  test.each([
    ['one that heeds its signal', pause, { ms: 60_000 }],
    ['one that does not', deaf, undefined],
  ])('cancel ends a running job: %s', async (_, definition, payload) => {
    const started = await startProcesses('sqlite')
    const { id } = await started.stellwerk.dispatch(definition as typeof pause, payload as never, { timeout: 0 })
    const { job } = await started.until(id, (details) => details.job.state === 'processing')
    await expect.poll(() => workers(started)[0]?.runningCount, { timeout: 20_000 }).toBe(1)
    expect(await give(started, 'cancel_job', { jobId: id, claimSeq: job.claimSeq })).toMatchObject({ state: 'done' })
    const ended = await started.until(id, hasEnded)
    expect(ended.job).toMatchObject({ state: 'cancelled', crashes: 0 })
    expect(ended.attempts).toMatchObject([{ kind: 'cancelled' }])
    expect(await give(started, 'cancel_job', { jobId: id, claimSeq: job.claimSeq })).toMatchObject({ state: 'refused' })
  })
})

describe('a worker is replaced', () => {
  test('after about as many jobs as it may do, by one that is there before it leaves', async () => {
    const started = await startProcesses('sqlite', { maxJobs: 20, concurrency: 2 })
    await started.stellwerk.dispatchMany(Array.from({ length: 100 }, () => noop.with(undefined)))
    await started.station.untilIdle()
    await expect
      .poll(
        async () => {
          const { id } = await started.stellwerk.dispatch(noop, undefined)
          await started.until(id, hasEnded)
          return (await started.database.sql('SELECT DISTINCT worker_id FROM finished_job')).length
        },
        { timeout: 20_000 },
      )
      .toBeGreaterThan(1)
    expect(await started.database.sql('SELECT id FROM finished_job WHERE attempt <> 1')).toEqual([])
  })

  test('not for a job that outgrows its type: that job alone fails, with kind memory', async () => {
    const started = await startProcesses('sqlite', { concurrency: 1 })
    const { id } = await started.stellwerk.dispatch(greedy, undefined)
    expect((await started.until(id, hasEnded)).job).toMatchObject({
      state: 'failed',
      failureKind: 'memory',
      crashes: 0,
    })
  })

  test('when it has grown beyond its memory', async () => {
    const started = await startProcesses('sqlite', { memory: 200, concurrency: 1 })
    const first = await started.stellwerk.dispatch(leak, { mb: 250 })
    expect((await started.until(first.id, hasEnded)).job.state).toBe('completed')
    await expect.poll(() => workers(started)[0]?.lastExit?.code, { timeout: 20_000 }).toBe(12)
    const second = await started.stellwerk.dispatch(leak, { mb: 1 })
    const { job } = await started.until(second.id, hasEnded)
    expect(job).toMatchObject({ state: 'completed', crashes: 0 })
  })
})

describe('what handlers write', () => {
  test('past the streams of their process is theirs, where they are alone', async () => {
    const started = await startProcesses('sqlite', { concurrency: 1 })
    const { id } = await started.stellwerk.dispatch(printNatively, undefined)
    const text = JSON.stringify((await started.until(id, hasEnded)).lines)
    expect(text).toContain('straight to the descriptor')
    expect(text).toContain('from a child')
  })

  test('without end costs bounded memory, and the handler its process', async () => {
    const started = await startProcesses('sqlite', { concurrency: 1, memory: 400 })
    const before = process.memoryUsage.rss()
    const { id } = await started.stellwerk.dispatch(die, { how: 'flood' }, { timeout: '2s', tries: 1 })
    const { job } = await started.until(id, hasEnded)
    expect(job).toMatchObject({ state: 'failed', failureKind: 'timeout' })
    expect(process.memoryUsage.rss() - before).toBeLessThan(150_000_000)
  })
})
