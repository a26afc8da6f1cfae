import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'
import type { MinuteFilter } from '../metric-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Minute rows of all stations within the span, by minute. */
export async function listMinutes(db: Kysely<Database>, filter: MinuteFilter): Promise<readonly MinuteMetric[]> {
  let query = db
    .selectFrom('minute_metric')
    .selectAll()
    .where('minute', '>=', filter.from)
    .where('minute', '<', filter.to)
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  const rows = await query.orderBy('minute').execute()
  return rows.map((row) => ({
    minute: row.minute,
    stationId: row.station_id,
    queue: row.queue,
    type: row.type,
    outcome: row.outcome,
    count: row.count,
    waitSumMs: row.wait_sum_ms,
    waitMaxMs: row.wait_max_ms,
    runSumMs: row.run_sum_ms,
    runMaxMs: row.run_max_ms,
    cpuSumMs: row.cpu_sum_ms,
    memoryMaxBytes: row.memory_max_bytes,
    waitSketch: row.wait_sketch,
    runSketch: row.run_sketch,
  }))
}
