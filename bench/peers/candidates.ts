import type { PeerScenario } from './run-result.ts'

/** What a candidate runs on. */
export type GroundKind = 'sqlite' | 'postgres' | 'redis' | 'redis-aof'

/** One of the queues that are measured side by side. */
export interface Candidate {
  readonly name: string
  readonly title: string
  readonly ground: GroundKind
  /** Ours runs without the packages of this folder. */
  readonly isOurs: boolean
  /** What is left of a completed job. */
  readonly keeps: string
  /** What survives a crash, the power's included. */
  readonly durable: string
  /** How it is set, where that is not its default. */
  readonly settings: string
  /** Worker processes that run its handlers; without it they run in the process that claims. */
  readonly processes?: number
  /** The scenarios that it takes part in; without it all of them. */
  readonly only?: readonly PeerScenario[]
}

/** Whether a candidate takes part in a scenario. */
export function takesPart({ only }: Candidate, scenario: PeerScenario): boolean {
  return only === undefined || only.includes(scenario)
}

const ownKeeps = 'the job with payload, result and times; counters; figures per minute'
const onFile = 'each commit: WAL, synchronous FULL'
const onPostgres = 'each commit: fsync and synchronous_commit on'

/** All candidates, in the order in which they take their turns. */
export const candidates: readonly Candidate[] = [
  {
    name: 'stellwerk-sqlite',
    title: 'Stellwerk on SQLite',
    ground: 'sqlite',
    isOurs: true,
    keeps: ownKeeps,
    durable: onFile,
    settings: 'none; handlers in the process of the station',
  },
  {
    name: 'stellwerk-postgres',
    title: 'Stellwerk on PostgreSQL',
    ground: 'postgres',
    isOurs: true,
    keeps: ownKeeps,
    durable: onPostgres,
    settings: 'none; handlers in the process of the station',
  },
  {
    name: 'stellwerk-sqlite-processes',
    title: 'Stellwerk on SQLite, worker processes',
    ground: 'sqlite',
    isOurs: true,
    keeps: ownKeeps,
    durable: onFile,
    settings: 'two worker processes, which share the concurrency',
    processes: 2,
    only: ['drain'],
  },
  {
    name: 'stellwerk-postgres-processes',
    title: 'Stellwerk on PostgreSQL, worker processes',
    ground: 'postgres',
    isOurs: true,
    keeps: ownKeeps,
    durable: onPostgres,
    settings: 'two worker processes, which share the concurrency',
    processes: 2,
    only: ['drain'],
  },
  {
    name: 'bullmq',
    title: 'BullMQ on Redis, in memory',
    ground: 'redis',
    isOurs: false,
    keeps: 'the job with data, result and times, until it is removed',
    durable: 'nothing: Redis without persistence',
    settings: '`concurrency`; Redis without snapshots and without AOF',
  },
  {
    name: 'bullmq-aof',
    title: 'BullMQ on Redis, AOF every second',
    ground: 'redis-aof',
    isOurs: false,
    keeps: 'the job with data, result and times, until it is removed',
    durable: 'all but about the last second: appendonly, appendfsync everysec',
    settings: '`concurrency`; Redis with AOF, which its guide for production recommends',
  },
  {
    name: 'graphile-worker',
    title: 'graphile-worker',
    ground: 'postgres',
    isOurs: false,
    keeps: 'nothing: a completed job is deleted',
    durable: onPostgres,
    settings:
      '`localQueue.size` 500, `completeJobBatchDelay` 0, `failJobBatchDelay` 0, as its page on performance has them',
  },
  {
    name: 'pg-boss',
    title: 'pg-boss',
    ground: 'postgres',
    isOurs: false,
    keeps: 'the job with data, output and times, for seven days',
    durable: onPostgres,
    settings:
      '`batchSize` 500, `localConcurrency` 2, `burstWhenBatchFull`; for the latency `localConcurrency` 10 and `useListenNotify` with `notify`',
  },
]
