import { StellwerkError } from '../domain/errors.ts'
import type { Log } from '../std/log.ts'
import type { Store } from '../storage/store.ts'

/** How a store is opened. */
export interface StoreOptions {
  /** `sqlite:<path>` (a bare path means the same) or `postgres://…`. */
  readonly address: string
  /** PostgreSQL schema, default `stellwerk`. */
  readonly schema?: string
  /** PostgreSQL: false = polling alone; an address = LISTEN there, past a pooler. Default true. */
  readonly listen?: boolean | string
  /** True: creates or upgrades the schema first. False: a missing or older one is refused. Not given: neither. */
  readonly migrate?: boolean
  /** A SQLite file may hold tables of the application already. */
  readonly shareFile?: boolean
  readonly log: Log
}

/**
 * Opens the store that `address` names: the one place that chooses a driver, and loads only that one.
 * @throws STORE_ADDRESS_INVALID for an address that is neither, and what the driver throws
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { address, schema, listen, log, migrate } = options
  if (/^postgres(ql)?:\/\//.test(address)) {
    const { openPostgresStore } = await import('../storage/postgres/open-postgres-store.ts')
    return openPostgresStore({
      address,
      log,
      ...(migrate !== undefined && { migrate }),
      ...(schema !== undefined && { schema }),
      ...(listen !== undefined && { listen }),
    })
  }
  const { openSqliteStore } = await import('../storage/sqlite/open-sqlite-store.ts')
  return openSqliteStore({
    path: sqlitePath(address),
    log,
    shareFile: options.shareFile ?? false,
    ...(migrate !== undefined && { migrate }),
  })
}

function sqlitePath(address: string): string {
  const path = address.startsWith('sqlite:') ? address.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '') : address
  if (path === '' || /^[a-z][a-z0-9+.-]+:/i.test(path)) {
    throw new StellwerkError(
      'STORE_ADDRESS_INVALID',
      `store '${address}' is no address of a store; give 'sqlite:stellwerk.db' or 'postgres://user@host/database'`,
    )
  }
  return path
}
