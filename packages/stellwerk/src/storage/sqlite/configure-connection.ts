import type { DatabaseSync } from 'node:sqlite'
import { StellwerkError } from '../../domain/errors.ts'
import { LARGEST_WAL_BYTES } from './largest-wal.ts'

/** The lowest SQLite without the bug that lets two processes corrupt a WAL at its reset. Source: sqlite.org/releaselog/3_51_3.html. */
export const OLDEST_SQLITE = '3.51.3'

const CACHE_KIB = 32 * 1024
const SYNCHRONOUS_FULL = 2

const SETTINGS = /* sql */ `
  PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0;
  PRAGMA journal_size_limit = ${LARGEST_WAL_BYTES}; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -${CACHE_KIB};
  PRAGMA temp_store = MEMORY`

/** Sets what every connection needs, and reads the durability back. @throws SQLITE_TOO_OLD, INTERNAL where a setting was not taken */
export function configureConnection(database: DatabaseSync): void {
  refuseOldSqlite(process.versions['sqlite'] ?? '0')
  database.exec(SETTINGS)
  const level = database.prepare('PRAGMA synchronous').get()?.['synchronous']
  if (level === SYNCHRONOUS_FULL) return
  throw new StellwerkError(
    'INTERNAL',
    `SQLite did not take synchronous = FULL (it says ${String(level)}): no commit would be durable`,
  )
}

/** @throws SQLITE_TOO_OLD */
export function refuseOldSqlite(version: string): void {
  if (!isOlder(version, OLDEST_SQLITE)) return
  const message = `this Node brings SQLite ${version}, which can corrupt a database that several processes write; use Node 24.15 or newer (SQLite ${OLDEST_SQLITE})`
  throw new StellwerkError('SQLITE_TOO_OLD', message, { details: { version, oldest: OLDEST_SQLITE } })
}

function isOlder(version: string, than: string): boolean {
  const [found, needed] = [version, than].map((text) => text.split('.').map(Number))
  for (let part = 0; part < 3; part += 1) {
    const difference = (found?.[part] ?? 0) - (needed?.[part] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
