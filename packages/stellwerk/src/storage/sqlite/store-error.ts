import { StellwerkError } from '../../domain/errors.ts'
import { looksLikeSqlite } from './database-file.ts'

const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

/** The primary result code of an error of node:sqlite, undefined for any other error. Source: sqlite.org/rescode.html. */
export function sqliteResult(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

/** Whether another connection holds the lock that was asked for, so that asking again helps. */
export function isBusy(error: unknown): boolean {
  const result = sqliteResult(error)
  return result === BUSY || result === LOCKED
}

/** What SQLite said about the file at `path`, as a coded error with a remedy; any other error comes back as it is. */
export function toStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error)) return error
  const describe = remedyFor(error, path)
  if (describe === undefined) return error
  const { code, text } = describe
  return new StellwerkError(code, `${path}: ${text} (${error.message})`, { cause: error, details: { path } })
}

function remedyFor(error: Error, path: string): Remedy | undefined {
  if (error.message.startsWith('no such table')) return noSchema
  const result = sqliteResult(error)
  if (result === NOTADB && !looksLikeSqlite(path)) return notDatabase
  return result === undefined ? undefined : remedies[result]
}

interface Remedy {
  readonly code: StellwerkError['code']
  readonly text: string
}

const notDatabase: Remedy = {
  code: 'STORE_FOREIGN',
  text: 'the file is not a SQLite database; choose another path, or restore it from a backup if it was ours',
}

const noSchema: Remedy = {
  code: 'SCHEMA_MISSING',
  text: 'the database holds no schema of Stellwerk, or an older one; run `stellwerk migrate`',
}

const notWritable: Remedy = {
  code: 'STORE_NOT_WRITABLE',
  text: 'the database cannot be opened for writing; check the owner and the mode of the file and of its folder, or choose another path',
}

const remedies: Readonly<Record<number, Remedy>> = {
  [READONLY]: notWritable,
  [CANTOPEN]: notWritable,
  [IOERR]: {
    code: 'STORE_UNREACHABLE',
    text: 'the disk refused to read or write; look at the disk and its mount, then try again',
  },
  [CORRUPT]: {
    code: 'STORE_CORRUPT',
    text: 'the database file is damaged or cut short; restore it from a backup or choose another path',
  },
  [NOTADB]: {
    code: 'STORE_CORRUPT',
    text: 'the file is not a readable SQLite database; restore it from a backup or choose another path',
  },
  [FULL]: { code: 'STORE_FULL', text: 'the disk is full; nothing was written. Free some space and try again' },
}
