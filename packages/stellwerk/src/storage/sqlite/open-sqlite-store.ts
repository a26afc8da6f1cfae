import { type Log, silentLog } from '../../std/log.ts'
import type { LeaseThread } from '../station-store.ts'
import type { Store } from '../store.ts'
import { createArchiveStore } from './archive-store.ts'
import { createAuditStore } from './audit-store.ts'
import { Checkpointer } from './checkpointer.ts'
import { createClaimStore } from './claim-store.ts'
import { createColdReads } from './cold-reads.ts'
import { configureConnection } from './configure-connection.ts'
import { SqliteConnection } from './connection.ts'
import { prepareDatabaseFile } from './database-file.ts'
import { createDispatchStore } from './dispatch-store.ts'
import { createFailedJobStore } from './failed-job-store.ts'
import { createHealthStore } from './health-store.ts'
import { identifyDatabase } from './identify-database.ts'
import { createJobStore } from './job-store.ts'
import type { SqliteLeaseData } from './lease-thread.ts'
import { createMetricStore } from './metric-store.ts'
import { migrate } from './migrate.ts'
import { hostNowMs, type NowMs } from './now-ms.ts'
import { createOrderStore } from './order-store.ts'
import { createOutcomeStore } from './outcome-store.ts'
import { createPageStore } from './page-store.ts'
import { createQueueSettingStore } from './queue-setting-store.ts'
import { createRetentionStore } from './retention-store.ts'
import { createRollupStore } from './rollup-store.ts'
import { createSchemaStore } from './schema-store.ts'
import { createSessionStore } from './session-store.ts'
import { createStationStore } from './station-store.ts'
import { createTokenStore } from './token-store.ts'
import { createTransactionStore } from './transaction-store.ts'
import { WakePoller } from './wake-poller.ts'
import { createWorkerStore } from './worker-store.ts'

/** Which file, and how. */
export interface SqliteStoreOptions {
  /** Path of the database file; made when it is absent, its folder is not. */
  readonly path: string
  /** Bring the schema up to date while opening; otherwise `schema.version()` says what is there. */
  readonly migrate?: boolean
  readonly readOnly?: boolean
  /** The file may hold tables of the application already. */
  readonly shareFile?: boolean
  /** The store's clock, Unix ms: a test may hold or move it. */
  readonly clock?: NowMs
  readonly log?: Log
}

/**
 * Opens the database of one application, with one writer connection.
 * @throws SQLITE_TOO_OLD, STORE_ADDRESS_INVALID, STORE_NOT_WRITABLE, STORE_FOREIGN, STORE_CORRUPT, STORE_BUSY, SCHEMA_TOO_NEW;
 *   SCHEMA_MISSING where a read-only file is absent
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const readOnly = options.readOnly ?? false
  const path = prepareDatabaseFile(options.path, readOnly)
  const connection = new SqliteConnection({ path, readOnly, nowMs: options.clock ?? hostNowMs, busyTimeoutMs: 0 })
  try {
    await connection.read(() => {
      configureConnection(connection.database)
      return identifyDatabase(connection, options.shareFile)
    })
    if (options.migrate === true) await migrate(connection, options.shareFile)
  } catch (error) {
    await connection.close()
    throw error
  }
  return assemble(connection, options.log ?? silentLog)
}

function assemble(connection: SqliteConnection, log: Log): Store {
  const cold = createColdReads(connection)
  const checkpointer = new Checkpointer(connection, log)
  const wake = new WakePoller(connection)
  connection.onCommit = checkpointer.noteCommit
  return {
    kind: 'sqlite',
    dispatch: createDispatchStore(connection),
    transactions: createTransactionStore(connection),
    claims: createClaimStore(connection),
    outcomes: createOutcomeStore(connection),
    stations: createStationStore(connection, cold),
    workers: createWorkerStore(connection, cold),
    orders: createOrderStore(connection, cold),
    settings: createQueueSettingStore(connection),
    jobs: createJobStore(connection, cold),
    failedJobs: createFailedJobStore(connection),
    archive: createArchiveStore(connection),
    pages: createPageStore(cold),
    metrics: createMetricStore(connection, cold),
    rollup: createRollupStore(connection, cold),
    retention: createRetentionStore(connection),
    tokens: createTokenStore(connection, cold),
    sessions: createSessionStore(connection),
    audit: createAuditStore(connection, cold),
    schema: createSchemaStore(connection),
    health: createHealthStore(connection),
    wake,
    leaseThread: (lease) => leaseThread(connection, lease),
    maintain: () => connection.read(() => checkpointer.pass()),
    async close() {
      wake.stop()
      await connection.close()
    },
  }
}

function leaseThread(connection: SqliteConnection, options: SqliteLeaseData['options']): LeaseThread {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const workerData: SqliteLeaseData = {
    options,
    path: connection.path,
    clockAheadMs: connection.nowMs() - hostNowMs(),
  }
  return { module: new URL(`./lease-thread.${extension}`, import.meta.url), workerData }
}
