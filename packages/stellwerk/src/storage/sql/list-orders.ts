import type { WorkerOrder } from '../../domain/worker/worker-order.ts'
import type { OrderFilter } from '../order-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database, StationOrderTable } from './tables.ts'

/** Orders, newest first; what has run out of time at `now` (Unix ms) is shown as expired. */
export async function listOrders(
  db: Kysely<Database>,
  { stationId, ids, pendingOnly, limit }: OrderFilter,
  now: number,
): Promise<readonly WorkerOrder[]> {
  if (ids?.length === 0) return []
  let query = db.selectFrom('station_order').selectAll()
  if (stationId !== undefined) query = query.where('station_id', '=', stationId)
  if (ids !== undefined) query = query.where('id', 'in', ids)
  if (pendingOnly === true) query = query.where('state', '=', 'pending').where('expires_at', '>', now)
  const rows = await query.orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => toOrder(row, now))
}

function toOrder(row: StationOrderTable, now: number): WorkerOrder {
  return {
    id: row.id,
    stationId: row.station_id,
    kind: row.kind,
    pool: row.pool,
    workerId: row.worker_id,
    processes: row.processes,
    jobId: row.job_id,
    claimSeq: row.claim_seq,
    byKind: row.by_kind,
    byName: row.by_name,
    givenAt: row.given_at,
    expiresAt: row.expires_at,
    state: row.state === 'pending' && row.expires_at <= now ? 'expired' : row.state,
    answeredAt: row.answered_at,
    answer: row.answer,
  }
}
