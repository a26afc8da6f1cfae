import type { MinuteMetric } from '../../domain/metrics/minute-metric.ts'
import type { MinuteFilter } from '../metric-store.ts'
import { figureColumns, toMetricRow } from './figure-columns.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Minute rows of all stations within the span, by minute. */
export async function listMinutes(db: Kysely<Database>, filter: MinuteFilter): Promise<readonly MinuteMetric[]> {
  let query = db
    .selectFrom('minute_metric')
    .select(['minute as start', 'station_id'])
    .select(figureColumns)
    .where('minute', '>=', filter.from)
    .where('minute', '<', filter.to)
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  const rows = await query.orderBy('minute').execute()
  return rows.map((row) => ({ ...toMetricRow(row), stationId: row.station_id }))
}
