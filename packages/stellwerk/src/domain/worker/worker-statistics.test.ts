import { expect, test } from 'vitest'
import { type CountedWorker, sumWorkers } from './worker-statistics.ts'

function worker(changes: Partial<CountedWorker> = {}): CountedWorker {
  return {
    status: 'active',
    ailments: [],
    concurrency: 10,
    runningCount: 2,
    jobsDone: 100,
    jobsFailed: 5,
    throughputPerMinute: 30,
    meanRunMs: 100,
    errorRatio: 0.1,
    memoryBytes: 1_000,
    cpuPercent: 50,
    ...changes,
  }
}

test('nobody works', () => {
  expect(sumWorkers([])).toMatchObject({
    total: 0,
    capacity: 0,
    throughputPerMinute: 0,
    meanRunMs: null,
    errorRatio: null,
  })
})

test('figures are added up, means by what each one did', () => {
  const busy = worker({ throughputPerMinute: 90, meanRunMs: 200, errorRatio: 0.5 })
  const idle = worker({ status: 'idle', throughputPerMinute: 0, meanRunMs: 0, errorRatio: 0, runningCount: 0 })
  expect(sumWorkers([worker(), busy, idle])).toMatchObject({
    total: 3,
    active: 2,
    idle: 1,
    healthy: 3,
    capacity: 30,
    running: 4,
    jobsDone: 300,
    jobsFailed: 15,
    throughputPerMinute: 120,
    meanRunMs: 175,
    errorRatio: 0.4,
    memoryBytes: 3_000,
    cpuPercent: 150,
  })
})

test('workers that start or leave are told apart from those that work', () => {
  const statuses = [
    'active',
    'idle',
    'idle',
    'starting',
    'starting',
    'starting',
    'draining',
    'paused',
    'paused',
  ] as const
  expect(sumWorkers(statuses.map((status) => worker({ status })))).toMatchObject({
    total: 9,
    active: 1,
    idle: 2,
    starting: 3,
    draining: 1,
    paused: 2,
  })
})

test('lost, stopped and failed ones add nothing but their number', () => {
  const gone = (['lost', 'stopped', 'failed'] as const).map((status) => worker({ status, ailments: [1] }))
  expect(sumWorkers([worker({ status: 'paused', ailments: [1] }), ...gone])).toMatchObject({
    total: 1,
    paused: 1,
    lost: 1,
    failed: 1,
    healthy: 0,
    jobsDone: 100,
    capacity: 10,
  })
})
