import type { OrderKind, WorkerOrder } from '../../domain/worker/worker-order.ts'
import type { NewOrder, OrderStore } from '../order-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'

const GIVE = /* sql */ `
  INSERT INTO station_order (station_id, kind, pool, worker_id, processes, job_id, claim_seq, by_kind, by_name, given_at, expires_at, state)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')`

const PENDING = /* sql */ `
  SELECT id, station_id, kind, pool, worker_id, processes, job_id, claim_seq, by_kind, by_name, given_at, expires_at
    FROM station_order WHERE station_id = ? AND state = 'pending' AND expires_at > ? ORDER BY id LIMIT 100`

const ANSWER = /* sql */ `UPDATE station_order SET state = ?, answer = ?, answered_at = ? WHERE id = ? AND state = 'pending'`

const EXPIRE = /* sql */ `UPDATE station_order SET state = 'expired' WHERE state = 'pending' AND expires_at <= ?`

const PRUNE = /* sql */ `DELETE FROM station_order WHERE given_at < ?`

type OrderRow = [
  id: number,
  stationId: string,
  kind: OrderKind,
  pool: string | null,
  workerId: string | null,
  processes: number | null,
  jobId: number | null,
  claimSeq: number | null,
  byKind: string,
  byName: string,
  givenAt: number,
  expiresAt: number,
]

/** The role of those who tell stations something, over one connection. */
export function createOrderStore(connection: SqliteConnection, cold: ColdReads): OrderStore {
  const now = (): number => connection.nowMs()
  return {
    give: (orders) => connection.write(() => orders.map((order) => giveOrder(connection, order)), { wakes: true }),
    pending: (stationId) =>
      connection.read(() => connection.prepare<OrderRow>(PENDING).all(stationId, now()).map(toOrder)),
    answer: (id, { state, answer }) =>
      connection.write(() => connection.prepare(ANSWER).run(state, answer, now(), id) === 1),
    list: (filter) => cold.read(({ listOrders }, db) => listOrders(db, filter, now())),
    expire: () => connection.write(() => connection.prepare(EXPIRE).run(now())),
    prune: (olderThanMs) => connection.write(() => connection.prepare(PRUNE).run(now() - olderThanMs)),
  }
}

function giveOrder(connection: SqliteConnection, { lifetimeMs, ...order }: NewOrder): WorkerOrder {
  const givenAt = connection.nowMs()
  const expiresAt = givenAt + lifetimeMs
  const { stationId, kind, pool, workerId, processes, jobId, claimSeq, byKind, byName } = order
  const id = connection
    .prepare(GIVE)
    .insert(stationId, kind, pool, workerId, processes, jobId, claimSeq, byKind, byName, givenAt, expiresAt)
  return { ...order, id, givenAt, expiresAt, state: 'pending', answeredAt: null, answer: null }
}

function toOrder(row: OrderRow): WorkerOrder {
  const [id, stationId, kind, pool, workerId, processes, jobId, claimSeq, byKind, byName, givenAt, expiresAt] = row
  const order = { id, stationId, kind, pool, workerId, processes, jobId, claimSeq, byKind, byName, givenAt, expiresAt }
  return { ...order, state: 'pending', answeredAt: null, answer: null }
}
