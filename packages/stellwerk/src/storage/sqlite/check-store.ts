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
  'write-ahead log': pragmaIs('journal_mode', 'wal', {
    wal: 'in use',
    ...{ delete: 'not in use', truncate: 'not in use', persist: 'not in use', memory: 'not in use', off: 'not in use' },
  }),
  'durable commits': pragmaIs('synchronous', '2', {
    ...{ 2: 'each is on disk before it counts', 1: 'the last ones may be lost with the power' },
    ...{ 0: 'the file may be damaged with the power', 3: 'each is on disk, with its folder' },
  }),
  'foreign keys': pragmaIs('foreign_keys', '1', { 1: 'enforced', 0: 'not enforced' }),
  'schema functions': pragmaIs('trusted_schema', '0', { 0: 'not trusted', 1: 'trusted' }),
  'memory map': pragmaIs('mmap_size', '0', { 0: 'none' }),
  'gives space back': (connection) => {
    const mode = Number(connection.prepare('PRAGMA auto_vacuum').get()?.[0])
    return {
      ok: mode === INCREMENTAL_VACUUM,
      found: mode === INCREMENTAL_VACUUM ? 'bit by bit' : mode === 0 ? 'never' : 'at each commit',
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
  'file access': ({ path }) => {
    const mode = statSync(path).mode & 0o777
    const ok = (mode & 0o077) === 0
    const found = `${ok ? 'its owner alone' : 'others may open it'} (${mode.toString(8)})`
    return { ok, found, remedy: `chmod ${FILE_MODE.toString(8)} ${path}` }
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

/** `words` say what the values mean; one that has none is shown as it is. */
function pragmaIs(pragma: string, expected: string, words: Readonly<Record<string, string>>): Look {
  return (connection) => {
    const found = String(connection.prepare(`PRAGMA ${pragma}`).get()?.[0])
    const ok = found === expected
    const told = words[found] ?? found
    return { ok, found: ok ? told : `${told} (PRAGMA ${pragma} is ${found})`, remedy: REOPEN }
  }
}
