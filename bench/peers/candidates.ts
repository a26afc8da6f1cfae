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
}

const onPostgres = 'each commit: fsync and synchronous_commit on'

/** All candidates, in the order in which they take their turns. */
export const candidates: readonly Candidate[] = [
  {
    name: 'stellwerk-sqlite',
    title: 'Stellwerk on SQLite',
    ground: 'sqlite',
    isOurs: true,
    keeps: 'the job with payload, result and times; counters; figures per minute',
    durable: 'each commit: WAL, synchronous FULL',
    settings: 'none; handlers in the process of the station',
  },
  {
    name: 'stellwerk-postgres',
    title: 'Stellwerk on PostgreSQL',
    ground: 'postgres',
    isOurs: true,
    keeps: 'the job with payload, result and times; counters; figures per minute',
    durable: onPostgres,
    settings: 'none; handlers in the process of the station',
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
