import type { Client, ClientConfig, Pool } from 'pg'
import type { Log } from '../../std/log.ts'
import { columnParsers } from './column-parsers.ts'
import type { Pg } from './load-pg.ts'
import { sessionLimits } from './session-limits.ts'

/** A connection that is silent for this long counts as lost; no statement takes longer but a migration's, which has a pool of its own. */
const silentForMs = 30_000
/** A listener says nothing that takes long. */
const listenerSilentForMs = 5_000

/** What a pool is made of. */
export interface PoolOptions {
  readonly address: string
  readonly size: number
  /** False where what stands in between refuses the limits as connection parameters. */
  readonly hasLimits: boolean
  readonly log: Log
}

/** The pool of a store; the server bounds its statements where it may be told so. */
export function createPool(pg: Pg, { address, size, hasLimits, log }: PoolOptions): Pool {
  const limits = hasLimits ? sessionLimits : {}
  return listenToErrors(
    new pg.Pool({
      ...clientConfig(pg, address),
      ...limits,
      max: size,
      pipeline: true,
      query_timeout: silentForMs,
      idleTimeoutMillis: 30_000,
    }),
    log,
  )
}

/** One connection for migrations: neither side ends a statement of it by itself. */
export function createPatientPool(pg: Pg, address: string, log: Log): Pool {
  return listenToErrors(new pg.Pool({ ...clientConfig(pg, address), max: 1, pipeline: true }), log)
}

/** A client for LISTEN, not yet connected. */
export function createListener(pg: Pg, address: string): Client {
  return new pg.Client({ ...clientConfig(pg, address), query_timeout: listenerSilentForMs })
}

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

function listenToErrors(pool: Pool, log: Log): Pool {
  // The pool drops an idle client that is lost; the next statement opens another.
  pool.on('error', (error) => log.debug('idle connection lost', { error }))
  // A client that is in use tells its query of a lost connection and then says it again as an event, which nobody may leave unheard.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug('connection lost', { error }))
  })
  return pool
}
