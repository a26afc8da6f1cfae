import type { Pool } from 'pg'
import { StellwerkError } from '../../domain/errors.ts'
import { type Log, silentLog } from '../../std/log.ts'
import type { Store } from '../store.ts'
import { assertServer } from './check-server.ts'
import { createColdReads } from './cold-reads.ts'
import { createArchiveStore } from './create-archive-store.ts'
import { createAuditStore } from './create-audit-store.ts'
import { createClaimStore } from './create-claim-store.ts'
import { createDispatchStore } from './create-dispatch-store.ts'
import { createFailedJobStore } from './create-failed-job-store.ts'
import { createHealthStore } from './create-health-store.ts'
import { createJobStore } from './create-job-store.ts'
import { createMetricStore } from './create-metric-store.ts'
import { createOrderStore } from './create-order-store.ts'
import { createOutcomeStore } from './create-outcome-store.ts'
import { createPageStore } from './create-page-store.ts'
import { createListener, createPatientPool, createPool } from './create-pool.ts'
import { createQueueSettingStore } from './create-queue-setting-store.ts'
import { createRetentionStore } from './create-retention-store.ts'
import { createRollupStore } from './create-rollup-store.ts'
import { createSchemaStore } from './create-schema-store.ts'
import { createSessionStore } from './create-session-store.ts'
import { createStationStore } from './create-station-store.ts'
import { createTokenStore } from './create-token-store.ts'
import { createTransactionStore } from './create-transaction-store.ts'
import { createWorkerStore } from './create-worker-store.ts'
import type { PostgresLeaseData } from './lease-thread.ts'
import { loadPg, type Pg } from './load-pg.ts'
import { createMaintain } from './maintain.ts'
import { assertUsable, type MigrationTools, migrate, readVersion } from './migrate.ts'
import { Notifier } from './notifier.ts'
import { PostgresDatabase, type PostgresPlace } from './postgres-database.ts'
import { describeAddress } from './postgres-errors.ts'
import { PostgresWake } from './postgres-wake.ts'
import { quoteSchema, wakeChannel } from './schema-name.ts'
import { refusesLimits } from './session-limits.ts'

/** How a PostgreSQL store is opened. */
export interface PostgresStoreOptions {
  /** postgres://user:password@host:port/database; a transaction-mode pooler will do. */
  readonly address: string
  /** One schema per application; `stellwerk` by default. */
  readonly schema?: string
  /** Connections of the pool, 4 by default. The listener and the lease thread have one more each. */
  readonly poolSize?: number
  /** True by default; an address = listen there, past a pooler that cannot; false = polling alone. */
  readonly listen?: boolean | string
  /** How long a dispatch or a settlement tries to get back to a lost server, 10 s by default. */
  readonly reconnectMs?: number
  /** True: creates or upgrades the schema first. False: a missing or older one is refused. Not given: neither, for doctor. */
  readonly migrate?: boolean
  readonly log?: Log
}

/**
 * Opens the pool and asks the server who it is. One store per process is enough.
 * @throws STORE_ADDRESS_INVALID, STORE_UNREACHABLE, STORE_NOT_WRITABLE, SERVER_TOO_OLD, SCHEMA_MISSING, SCHEMA_TOO_NEW, STORE_FOREIGN, OPTION_INVALID,
 *   CONFIG_INVALID
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const schema = quoteSchema(options.schema ?? 'stellwerk')
  assertAddress('store', options.address)
  if (typeof options.listen === 'string') assertAddress('listen', options.listen)
  const pg = await loadPg()
  const place = { schema, schemaName: options.schema ?? 'stellwerk', place: describeAddress(options.address) }
  const connected = await connect(pg, options, place)
  const { db } = connected
  try {
    if (options.migrate === true) await migrate(db, migrationTools(pg, options, place))
    else assertUsable(await readVersion(db, schema), { db, isNeeded: options.migrate === false })
  } catch (error) {
    await db.close()
    throw error
  }
  return assemble({ ...connected, pg, options, tools: migrationTools(pg, options, place) })
}

interface Connected {
  readonly db: PostgresDatabase
  readonly pool: Pool
  readonly hasLimits: boolean
}

interface Parts extends Connected {
  readonly pg: Pg
  readonly options: PostgresStoreOptions
  readonly tools: MigrationTools
}

/** A pool whose server was asked who it is. The limits are left away where a pooler refuses them. */
async function connect(pg: Pg, options: PostgresStoreOptions, place: PostgresPlace): Promise<Connected> {
  for (const hasLimits of [true, false]) {
    const { address, poolSize: size = 4, log = silentLog } = options
    const pool = createPool(pg, { address, size, hasLimits, log })
    const db = new PostgresDatabase(pool, place)
    try {
      await assertServer(db)
      return { db, pool, hasLimits }
    } catch (error) {
      await db.close()
      if (!hasLimits || !refusesLimits(error)) throw error
    }
  }
  throw new StellwerkError('INTERNAL', 'no pool was tried')
}

function migrationTools(
  pg: Pg,
  { address, log = silentLog }: PostgresStoreOptions,
  place: PostgresPlace,
): MigrationTools {
  return { openPatient: () => new PostgresDatabase(createPatientPool(pg, address, log), place) }
}

function assemble({ db, pool, hasLimits, pg, options, tools }: Parts): Store {
  const reconnect = { boundMs: options.reconnectMs ?? 10_000 }
  const wake = createWake(db, pg, options)
  const notifier = new Notifier(db, wakeChannel(db.schemaName), () => wake.wakeOwn())
  wake.hurryBy(() => notifier.hurry())
  const reads = createColdReads(db, pool)
  const liveRecords = new Set<Promise<void>>()
  return {
    kind: 'postgres',
    dispatch: createDispatchStore(db, { notifier, reconnect }),
    transactions: createTransactionStore(db, { channel: wakeChannel(db.schemaName), liveRecords }),
    claims: createClaimStore(db),
    outcomes: createOutcomeStore(db, { notifier, reconnect, liveRecords }),
    stations: createStationStore(db, { reads, notifier }),
    workers: createWorkerStore(db, reads),
    orders: createOrderStore(db, { reads, notifier }),
    settings: createQueueSettingStore(db, notifier),
    jobs: createJobStore(db, { reads, notifier }),
    failedJobs: createFailedJobStore(db, notifier),
    archive: createArchiveStore(db),
    pages: createPageStore(reads),
    metrics: createMetricStore(db, reads),
    schema: createSchemaStore(db, tools),
    health: createHealthStore(db),
    rollup: createRollupStore(db, reads),
    retention: createRetentionStore(db),
    tokens: createTokenStore(db, reads),
    sessions: createSessionStore(db),
    audit: createAuditStore(db, reads),
    wake,
    leaseThread: (lease) => {
      const workerData: PostgresLeaseData = { address: options.address, schema: db.schema, hasLimits, options: lease }
      const isSource = import.meta.url.endsWith('.ts')
      return { module: new URL(isSource ? './lease-thread.ts' : './lease-thread.js', import.meta.url), workerData }
    },
    maintain: createMaintain(db),
    close: async () => {
      if (!db.isClosed) await notifier.flush()
      await Promise.all([wake.close(), db.close()])
    },
  }
}

function createWake(
  db: PostgresDatabase,
  pg: Pg,
  { listen = true, address, log = silentLog }: PostgresStoreOptions,
): PostgresWake {
  const channel = wakeChannel(db.schemaName)
  return new PostgresWake({
    channel,
    createClient: listen === false ? null : () => createListener(pg, listen === true ? address : listen),
    notify: (payload) => db.query('SELECT pg_notify($1, $2)', [channel, payload]),
    log,
  })
}

function assertAddress(what: 'store' | 'listen', address: string): void {
  if (/^postgres(ql)?:\/\//.test(address)) return
  throw new StellwerkError(
    'STORE_ADDRESS_INVALID',
    `${what}: an address of PostgreSQL has the form postgres://user:password@host:port/database.`,
  )
}
