import type { RollupStore } from '../rollup-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'
import { rollHours, rollMinutes } from './roll-up.ts'

/** The role of the roller, and of those who read long spans, over one connection. */
export function createRollupStore(connection: SqliteConnection, cold: ColdReads): RollupStore {
  return {
    rollMinutes: (limit) => connection.write(() => rollMinutes(connection, limit)),
    rollHours: (limit) => connection.write(() => rollHours(connection, limit)),
    tier: (filter) => cold.read(({ listTier }, db) => listTier(db, filter)),
    recount: (since) => cold.read(({ recountMetrics }, db) => recountMetrics(db, { since })),
  }
}
