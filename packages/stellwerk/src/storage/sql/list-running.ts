import type { JobSummary } from '../../domain/job/job-record.ts'
import type { HeldJobs } from '../page-store.ts'
import { isAnyOf } from './any-of.ts'
import { type Kysely, sql } from './kysely.ts'
import { liveColumns, toJobSummary } from './summary-columns.ts'
import type { Database } from './tables.ts'

/** A literal: a bound value cannot choose the partial index. */
const isProcessing = sql<boolean>`state = 'processing'`

/** Jobs in the hands of stations, the longest held first. Reads only what is processing. */
export async function listRunning(
  db: Kysely<Database>,
  limit: number,
  queues?: readonly string[],
): Promise<readonly JobSummary[]> {
  let query = db.selectFrom('job').select(liveColumns).where(isProcessing)
  if (queues !== undefined) query = query.where(isAnyOf('queue', queues))
  const rows = await query.orderBy('claimed_at').orderBy('id').limit(limit).execute()
  return rows.map(toJobSummary)
}

/** How many jobs each station has in its hands. */
export async function countHeld(db: Kysely<Database>): Promise<readonly HeldJobs[]> {
  const rows = await db
    .selectFrom('job')
    .select((eb) => ['station_id', eb.fn.countAll<number | string>().as('held')])
    .where(isProcessing)
    .groupBy('station_id')
    .execute()
  return rows.flatMap(({ station_id, held }) =>
    station_id === null ? [] : [{ stationId: station_id, processing: Number(held) }],
  )
}
