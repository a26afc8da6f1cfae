import type { WorkerOrder } from '../../domain/worker/worker-order.ts'
import type { WorkerStatistics } from '../../domain/worker/worker-statistics.ts'
import type { PoolView, WorkersReading, WorkerView } from '../../operations/list-workers.ts'
import type { WorkerStatistics as ShownStatistics, Worker, WorkerList, WorkerPool } from '../schemas/worker.ts'
import type { WorkerOrder as ShownOrder } from '../schemas/worker-order.ts'
import { toIso, toIsoOrNull } from './to-job.ts'
import { toHundredths } from './to-queue.ts'

/** A worker as the interface shows it; lengths of time count on from `now`, Unix ms. Pure. */
export function toWorker(worker: WorkerView, now: number): Worker {
  const { stationId, lastExit, running, beatAt, ailments, ...rest } = worker
  const hasEnded = worker.throughputPerMinute > 0
  return {
    ...rest,
    station: stationId,
    healthy: ailments.length === 0,
    ailments: ailments.map((ailment) => ({ ...ailment })),
    queues: [...worker.queues],
    types: worker.types === null ? null : [...worker.types],
    startedAt: toIso(worker.startedAt),
    lastExit: lastExit && { ...lastExit, at: toIso(lastExit.at) },
    running: running.map((job) => ({
      id: String(job.id),
      type: job.type,
      queue: job.queue,
      startedAt: toIso(job.startedAt),
      forMs: Math.max(0, now - job.startedAt),
    })),
    memoryHistory: [...worker.memoryHistory],
    throughputPerMinute: toHundredths(worker.throughputPerMinute),
    meanRunMs: hasEnded ? toHundredths(worker.meanRunMs) : null,
    errorRatio: hasEnded ? worker.errorRatio : null,
    beatAt: toIso(beatAt),
  }
}

/** Every worker as the interface shows them. Pure. */
export function toWorkerList(reading: WorkersReading): WorkerList {
  const { now, workers, pools, stations, statistics, orders } = reading
  return {
    at: toIso(now),
    statistics: toStatistics(statistics),
    stations: stations.map(({ id, host, pid, label, version, state, startedAt, processing, sharesLabel }) => ({
      id,
      host,
      pid,
      label,
      version,
      state,
      startedAt: toIso(startedAt),
      processing,
      sharesLabel,
    })),
    pools: pools.map(toPool),
    unfedQueues: [...reading.unfedQueues],
    workers: workers.map((worker) => toWorker(worker, now)),
    orders: orders.map(toOrder),
  }
}

/** An order as the interface shows it. Pure. */
export function toOrder(order: WorkerOrder): ShownOrder {
  const { id, stationId, kind, pool, workerId, processes, jobId, state, answer } = order
  return {
    id: String(id),
    station: stationId,
    kind,
    pool,
    worker: workerId,
    processes,
    job: jobId === null ? null : String(jobId),
    by: { kind: order.byKind, name: order.byName },
    givenAt: toIso(order.givenAt),
    expiresAt: toIso(order.expiresAt),
    state,
    answeredAt: toIsoOrNull(order.answeredAt),
    answer,
  }
}

function toPool({ stationId, name, kind, queues, processes, min, max, paused }: PoolView): WorkerPool {
  const id = `${stationId}/${name}`
  return { id, station: stationId, pool: name, kind, queues: [...queues], processes, min, max, paused }
}

function toStatistics(statistics: WorkerStatistics): ShownStatistics {
  const { meanRunMs, throughputPerMinute, cpuPercent } = statistics
  return {
    ...statistics,
    throughputPerMinute: toHundredths(throughputPerMinute),
    meanRunMs: meanRunMs === null ? null : toHundredths(meanRunMs),
    cpuPercent: toHundredths(cpuPercent),
  }
}
