import type { NewStation } from '../station-store.ts'
import type { SqliteConnection } from './connection.ts'

const REGISTER = /* sql */ `
  INSERT INTO station (id, host, pid, label, version, concurrency, types, queues, state, started_at, alive_until)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'alive', ?, ?)`

/** Announces a station inside a transaction, with its first lease. */
export function registerStation(connection: SqliteConnection, station: NewStation): void {
  const now = connection.nowMs()
  const { id, host, pid, label, version, concurrency, types, queues, leaseMs } = station
  connection
    .prepare(REGISTER)
    .run(id, host, pid, label, version, concurrency, JSON.stringify(types), JSON.stringify(queues), now, now + leaseMs)
}
