import { parentPort, workerData } from 'node:worker_threads'
import type { LeaseThreadOptions } from '../lease-messages.ts'
import { type LeaseConnection, runRenewLoop } from '../renew-loop.ts'
import { configureConnection } from './configure-connection.ts'
import { SqliteConnection } from './connection.ts'
import { hostNowMs } from './now-ms.ts'
import { renewLease } from './renew-lease.ts'

/** What the thread gets: how to renew, and which file. */
export interface SqliteLeaseData {
  readonly options: LeaseThreadOptions
  readonly path: string
  /** How far the store's clock is ahead of the host's, ms: 0 but in tests. */
  readonly clockAheadMs: number
}

async function openLeaseConnection({ path, clockAheadMs }: SqliteLeaseData): Promise<LeaseConnection> {
  const nowMs = (): number => hostNowMs() + clockAheadMs
  // SQLite itself would look for the lock ten times a second, and lose against all who look every other millisecond.
  const connection = new SqliteConnection({ path, readOnly: false, nowMs, busyTimeoutMs: 0 })
  configureConnection(connection.database)
  return {
    renew: (stationId, leaseMs) => connection.write(() => renewLease(connection, stationId, leaseMs)),
    close: () => connection.close(),
  }
}

if (parentPort !== null) {
  const data = workerData as SqliteLeaseData
  // Its failures are messages; what escapes ends the thread with an error, which the station hears.
  void runRenewLoop(data.options, parentPort, () => openLeaseConnection(data))
}
