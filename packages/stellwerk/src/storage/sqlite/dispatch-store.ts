import type { DispatchStore } from '../dispatch-store.ts'
import type { SqliteConnection } from './connection.ts'
import { insertClaimed } from './insert-claimed.ts'
import { insertJobs } from './insert-jobs.ts'

const SWEEP = /* sql */ `
  DELETE FROM dispatch_receipt WHERE rowid IN (SELECT rowid FROM dispatch_receipt WHERE at < ? ORDER BY at LIMIT ?)`

/** The role of an application that dispatches, over one connection. */
export function createDispatchStore(connection: SqliteConnection): DispatchStore {
  return {
    insertJobs: (group) => connection.write(() => insertJobs(connection, group), { wakes: true }),
    insertClaimed: async (group, stationId) => {
      const inserted = await connection.write(() => insertClaimed(connection, group, stationId))
      if (inserted.claimed?.length === 0) connection.hub.notify()
      return inserted
    },
    sweepReceipts: (olderThanMs, limit) =>
      connection.write(() => connection.prepare(SWEEP).run(connection.nowMs() - olderThanMs, limit)),
  }
}
