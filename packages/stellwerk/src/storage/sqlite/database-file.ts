import { closeSync, existsSync, openSync, readSync, realpathSync, statfsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { StellwerkError } from '../../domain/errors.ts'

/** Mode of the database file; SQLite gives -wal and -shm the same. */
export const FILE_MODE = 0o600

const MAGIC = 'SQLite format 3\0'

/** File systems on which SQLite's locks or its shared memory do not hold, by their magic number. Source: statfs(2). */
const networkFileSystems: Readonly<Record<number, string>> = {
  26985: 'nfs',
  20859: 'smb',
  4266872130: 'smb2',
  4283649346: 'cifs',
  1397113167: 'afs',
  1937076805: 'coda',
  12805120: 'ceph',
}

/**
 * The real path of the database at `path`, which exists when this returns: made empty with mode 0600 unless `readOnly`.
 * @throws STORE_ADDRESS_INVALID, STORE_NOT_WRITABLE, SCHEMA_MISSING (read-only and absent)
 */
export function prepareDatabaseFile(path: string, readOnly: boolean): string {
  if (path === '' || path.startsWith(':') || path.startsWith('file:')) {
    throw new StellwerkError('STORE_ADDRESS_INVALID', `${path || "''"}: give the path of a database file`)
  }
  const absolute = resolve(path)
  const folder = realFolder(dirname(absolute))
  refuseNetwork(absolute, folder)
  const target = join(folder, basename(absolute))
  if (existsSync(target)) return realpathSync(target)
  if (readOnly)
    throw new StellwerkError('SCHEMA_MISSING', `${absolute}: there is no database; run \`stellwerk migrate\``)
  createEmpty(target)
  return realpathSync(target)
}

/** The name of the network file system that holds `folder`, null where it is local or cannot be told. */
export function networkFileSystem(folder: string): string | null {
  try {
    return networkFileSystems[statfsSync(folder).type >>> 0] ?? null
  } catch {
    return null
  }
}

/** Whether the file starts as a SQLite database does; an empty one counts. */
export function looksLikeSqlite(path: string): boolean {
  const descriptor = openSync(path, 'r')
  try {
    const head = Buffer.alloc(MAGIC.length)
    const length = readSync(descriptor, head, 0, MAGIC.length, 0)
    return length === 0 || head.toString('latin1') === MAGIC
  } finally {
    closeSync(descriptor)
  }
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder)
  } catch (cause) {
    throw new StellwerkError('STORE_NOT_WRITABLE', `${folder}: the folder of the database does not exist; create it`, {
      cause,
    })
  }
}

function refuseNetwork(path: string, folder: string): void {
  const found = networkFileSystem(folder)
  if (found === null) return
  const remedy = 'SQLite cannot lock safely there; choose a path on a local disk, or PostgreSQL'
  throw new StellwerkError('STORE_ADDRESS_INVALID', `${path} is on a network file system (${found}): ${remedy}`)
}

function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'ax', FILE_MODE))
  } catch (cause) {
    if (existsSync(path)) return
    const remedy = 'check the owner and the mode of its folder, or choose another path'
    throw new StellwerkError('STORE_NOT_WRITABLE', `${path}: the database cannot be created; ${remedy}`, { cause })
  }
}
