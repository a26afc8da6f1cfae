import type { SqliteConnection } from './connection.ts'

const RENEW = /* sql */ `UPDATE station SET alive_until = ? WHERE id = ? AND state = 'alive'`

/** T4 inside a transaction, at the time after the lock was taken. False: declared dead. */
export function renewLease(connection: SqliteConnection, stationId: string, leaseMs: number): boolean {
  return connection.prepare(RENEW).run(connection.nowMs() + leaseMs, stationId) === 1
}
