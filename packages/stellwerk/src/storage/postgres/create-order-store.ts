import type { WorkerOrder } from '../../domain/worker/worker-order.ts'
import type { OrderStore } from '../order-store.ts'
import type { ColdReads } from './cold-reads.ts'
import { anyQueue, type Notifier } from './notifier.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const columns = `
  id, station_id AS "stationId", kind, pool, worker_id AS "workerId", processes, job_id AS "jobId", claim_seq AS "claimSeq", by_kind AS "byKind",
  by_name AS "byName", given_at AS "givenAt", expires_at AS "expiresAt", state, answered_at AS "answeredAt", answer`

const giveSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.station_order (station_id, kind, pool, worker_id, processes, job_id, claim_seq, by_kind, by_name, given_at, expires_at, state)
  SELECT o ->> 'stationId', o ->> 'kind', o ->> 'pool', o ->> 'workerId', (o ->> 'processes')::int, (o ->> 'jobId')::bigint, (o ->> 'claimSeq')::int,
         o ->> 'byKind', o ->> 'byName', m.at, m.at + (o ->> 'lifetimeMs')::bigint, 'pending'
    FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS i(o, ord) CROSS JOIN (SELECT ${s}.now_ms() AS at OFFSET 0) AS m ORDER BY ord
  RETURNING ${columns}`

const pendingSql = (s: string): string => /* sql */ `
  SELECT ${columns} FROM ${s}.station_order WHERE station_id = $1 AND state = 'pending' AND expires_at > ${s}.now_ms() ORDER BY id LIMIT 100`

const answerSql = (s: string): string => /* sql */ `
  UPDATE ${s}.station_order SET state = $2, answer = $3, answered_at = ${s}.now_ms() WHERE id = $1 AND state = 'pending' RETURNING id`

const expireSql = (s: string): string => /* sql */ `
  WITH expired AS (
    UPDATE ${s}.station_order SET state = 'expired' WHERE state = 'pending' AND expires_at <= ${s}.now_ms() RETURNING 1)
  SELECT count(*) AS changed FROM expired`

const pruneSql = (s: string): string => /* sql */ `
  WITH pruned AS (DELETE FROM ${s}.station_order WHERE given_at < ${s}.now_ms() - $1::bigint RETURNING 1)
  SELECT count(*) AS changed FROM pruned`

/** What the role needs beside the database. */
export interface OrderParts {
  readonly reads: ColdReads
  readonly notifier: Notifier
}

/** The role of those who tell stations something. */
export function createOrderStore(db: PostgresDatabase, { reads, notifier }: OrderParts): OrderStore {
  const count = async (text: string, values: readonly unknown[] = []): Promise<number> =>
    (await db.query<{ changed: number }>(text, values))[0]?.changed ?? 0
  return {
    give: async (orders) => {
      const given = await db.query<WorkerOrder>(giveSql(db.schema), [JSON.stringify(orders)])
      notifier.woken([anyQueue])
      return given.toSorted((one, other) => one.id - other.id)
    },
    pending: (stationId) => db.query<WorkerOrder>(pendingSql(db.schema), [stationId]),
    answer: async (id, { state, answer }) => (await db.query(answerSql(db.schema), [id, state, answer])).length > 0,
    list: async (filter) => {
      const now = await reads.now()
      return await reads.read(({ listOrders }, kysely) => listOrders(kysely, filter, now))
    },
    expire: () => count(expireSql(db.schema)),
    prune: (olderThanMs) => count(pruneSql(db.schema), [olderThanMs]),
  }
}
