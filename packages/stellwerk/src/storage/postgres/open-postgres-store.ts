import type { Client, ClientConfig } from 'pg'
import { StellwerkError } from '../../domain/errors.ts'
import { type Log, silentLog } from '../../std/log.ts'
import type { Store } from '../store.ts'
import { assertServer } from './check-server.ts'
import { createColdReads } from './cold-reads.ts'
import { columnParsers } from './column-parsers.ts'
import { createClaimStore } from './create-claim-store.ts'
import { createDispatchStore } from './create-dispatch-store.ts'
import { createFailedJobStore } from './create-failed-job-store.ts'
import { createJobStore } from './create-job-store.ts'
import { createMetricStore } from './create-metric-store.ts'
import { createOutcomeStore } from './create-outcome-store.ts'
import { createRetentionStore } from './create-retention-store.ts'
import { createRollupStore } from './create-rollup-store.ts'
import { createSchemaStore } from './create-schema-store.ts'
import { createStationStore } from './create-station-store.ts'
import { createTransactionStore } from './create-transaction-store.ts'
import type { PostgresLeaseData } from './lease-thread.ts'
import { loadPg, type Pg } from './load-pg.ts'
import { createMaintain } from './maintain.ts'
import { assertUsable, migrate, readVersion } from './migrate.ts'
import { Notifier } from './notifier.ts'
import { PostgresDatabase } from './postgres-database.ts'
import { describeAddress } from './postgres-errors.ts'
import { PostgresWake } from './postgres-wake.ts'
import { quoteSchema, wakeChannel } from './schema-name.ts'

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
  assertAddress(options.address)
  const pg = await loadPg()
  const log = options.log ?? silentLog
  const pool = createPool(pg, options, log)
  const place = describeAddress(options.address)
  const db = new PostgresDatabase(pool, { schema, schemaName: options.schema ?? 'stellwerk', place })
  try {
    await assertServer(db)
    if (options.migrate === true) await migrate(db)
    else assertUsable(await readVersion(db, schema), { db, isNeeded: options.migrate === false })
  } catch (error) {
    await db.close()
    throw error
  }
  const wake = new PostgresWake({ channel: wakeChannel(db.schemaName), createClient: listenWith(pg, options), log })
  return assemble(db, { pool, wake, options })
}

interface Parts {
  readonly pool: InstanceType<Pg['Pool']>
  readonly wake: PostgresWake
  readonly options: PostgresStoreOptions
}

function assemble(db: PostgresDatabase, { pool, wake, options }: Parts): Store {
  const reconnect = { boundMs: options.reconnectMs ?? 10_000 }
  const notifier = new Notifier(db, wakeChannel(db.schemaName), () => wake.wakeOwn())
  const reads = createColdReads(db, pool)
  const liveRecords = new Set<Promise<void>>()
  return {
    kind: 'postgres',
    dispatch: createDispatchStore(db, { notifier, reconnect }),
    transactions: createTransactionStore(db, { channel: wakeChannel(db.schemaName), liveRecords }),
    claims: createClaimStore(db),
    outcomes: createOutcomeStore(db, { notifier, reconnect, liveRecords }),
    stations: createStationStore(db, { reads, notifier }),
    jobs: createJobStore(db, { reads, notifier }),
    failedJobs: createFailedJobStore(db, notifier),
    metrics: createMetricStore(db, reads),
    rollup: createRollupStore(db, reads),
    retention: createRetentionStore(db),
    schema: createSchemaStore(db),
    wake,
    leaseThread: (lease) => {
      const workerData: PostgresLeaseData = { address: options.address, schema: db.schema, options: lease }
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

/** A connection that is silent for this long counts as lost; no statement of ours takes longer but a migration's, which waits for others. */
const silentForMs = 30_000

function clientConfig(pg: Pg, address: string): ClientConfig {
  return {
    connectionString: address,
    application_name: 'stellwerk',
    types: columnParsers(pg),
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}

function createPool(pg: Pg, options: PostgresStoreOptions, log: Log): InstanceType<Pg['Pool']> {
  const pool = new pg.Pool({
    ...clientConfig(pg, options.address),
    max: options.poolSize ?? 4,
    pipeline: true,
    query_timeout: silentForMs,
    idleTimeoutMillis: 30_000,
  })
  // The pool drops an idle client that is lost; the next statement opens another.
  pool.on('error', (error) => log.debug('idle connection lost', { error }))
  // A client that is in use tells its query of a lost connection and then says it again as an event, which nobody may leave unheard.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug('connection lost', { error }))
  })
  return pool
}

function listenWith(pg: Pg, { listen = true, address }: PostgresStoreOptions): (() => Client) | null {
  if (listen === false) return null
  return () => new pg.Client(clientConfig(pg, listen === true ? address : listen))
}

function assertAddress(address: string): void {
  if (/^postgres(ql)?:\/\//.test(address)) return
  throw new StellwerkError(
    'STORE_ADDRESS_INVALID',
    'The address of a PostgreSQL store has the form postgres://user:password@host:port/database.',
  )
}
