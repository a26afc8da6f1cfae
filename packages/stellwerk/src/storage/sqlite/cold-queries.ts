import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from '../sql/kysely.ts'
import type { Database } from '../sql/tables.ts'
import { createKyselyDialect } from './kysely-dialect.ts'

export { findJob } from '../sql/find-job.ts'
export { listAttempts } from '../sql/list-attempts.ts'
export { auditAfter, listAudit, readAuditChain } from '../sql/list-audit.ts'
export { listById } from '../sql/list-by-id.ts'
export { countFailedUpTo, listFailed } from '../sql/list-failed.ts'
export { listJobs } from '../sql/list-jobs.ts'
export { listLogs } from '../sql/list-logs.ts'
export { listMinutes } from '../sql/list-minutes.ts'
export { listOrders } from '../sql/list-orders.ts'
export { countHeld, listRunning } from '../sql/list-running.ts'
export { listStations } from '../sql/list-stations.ts'
export { listTier, oldestUnrolled } from '../sql/list-tier.ts'
export { listTokens } from '../sql/list-tokens.ts'
export { listWorkers } from '../sql/list-workers.ts'
export { recountMetrics } from '../sql/recount-metrics.ts'
export { recountTallies } from '../sql/recount-tallies.ts'

/** Kysely over an open connection. */
export function createKysely(database: DatabaseSync): Kysely<Database> {
  return new Kysely<Database>({ dialect: createKyselyDialect(database) })
}
