import type { BeatReport, StationPool, WorkerRecords } from '../worker-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Every worker on record, by start and id, and the pools that stations announced. */
export async function listWorkers(db: Kysely<Database>): Promise<WorkerRecords> {
  const rows = await db.selectFrom('worker').selectAll().execute()
  const announced = await db
    .selectFrom('station')
    .select(['id', 'pools'])
    .where('pools', 'is not', null)
    .orderBy('started_at')
    .execute()
  const workers = rows.map((row) => ({ ...(JSON.parse(row.report) as BeatReport), beatAt: row.beat_at }))
  return {
    workers: workers.toSorted((one, other) => one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1)),
    pools: announced.map(({ id, pools }) => ({
      stationId: id,
      pools: JSON.parse(pools ?? '[]') as readonly StationPool[],
    })),
  }
}
