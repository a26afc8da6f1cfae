import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StoreCheck } from '../schema-store.ts'
import { OLDEST_SQLITE } from './configure-connection.ts'
import type { SqliteConnection } from './connection.ts'
import { FILE_MODE, networkFileSystem } from './database-file.ts'
import { identifyDatabase, PROGRAM_SCHEMA } from './identify-database.ts'

interface Finding {
  readonly ok: boolean
  readonly found: string
  /** What to do when it is not right. */
  readonly remedy: string
}

type Look = (connection: SqliteConnection) => Finding

const INCREMENTAL_VACUUM = 2
const REOPEN = 'another program changed it while the file was open; close the others and open the store again'

const looks: Readonly<Record<string, Look>> = {
  'SQLite version': (connection) => ({
    ok: true,
    found: String(connection.prepare('SELECT sqlite_version()').get()?.[0]),
    remedy: `use a Node that brings SQLite ${OLDEST_SQLITE} or newer`,
  }),
  'write-ahead log': pragmaIs('journal_mode', 'wal'),
  'durable commits': pragmaIs('synchronous', '2'),
  'foreign keys': pragmaIs('foreign_keys', '1'),
  'untrusted schema': pragmaIs('trusted_schema', '0'),
  'no memory map': pragmaIs('mmap_size', '0'),
  'file gives space back': (connection) => {
    const mode = Number(connection.prepare('PRAGMA auto_vacuum').get()?.[0])
    return {
      ok: mode === INCREMENTAL_VACUUM,
      found: mode === INCREMENTAL_VACUUM ? 'incremental' : `auto_vacuum is ${mode}`,
      remedy:
        "the file was made without it and only grows; stop every station, then run: sqlite3 <file> 'PRAGMA auto_vacuum = 2; VACUUM'",
    }
  },
  'local disk': ({ path }) => {
    const found = networkFileSystem(dirname(path))
    return {
      ok: found === null,
      found: found ?? 'local',
      remedy: 'move the database to a local disk, or use PostgreSQL',
    }
  },
  'file mode': ({ path }) => {
    const mode = statSync(path).mode & 0o777
    return { ok: (mode & 0o077) === 0, found: mode.toString(8), remedy: `chmod ${FILE_MODE.toString(8)} ${path}` }
  },
  schema: (connection) => {
    const version = identifyDatabase(connection)?.version ?? 0
    return {
      ok: version >= PROGRAM_SCHEMA,
      found: `version ${version} of ${PROGRAM_SCHEMA}`,
      remedy: 'run `stellwerk migrate`',
    }
  },
}

/** Looks at what the store relies on; a look that fails is a finding too. */
export function checkStore(connection: SqliteConnection): readonly StoreCheck[] {
  return Object.entries(looks).map(([name, look]) => {
    const { ok, found, remedy } = tryLook(look, connection)
    return { name, ok, found, remedy: ok ? null : remedy }
  })
}

function tryLook(look: Look, connection: SqliteConnection): Finding {
  try {
    return look(connection)
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return { ok: false, found, remedy: 'restore the database from a backup, or choose another path' }
  }
}

function pragmaIs(pragma: string, expected: string): Look {
  return (connection) => {
    const found = String(connection.prepare(`PRAGMA ${pragma}`).get()?.[0])
    return { ok: found === expected, found, remedy: REOPEN }
  }
}
