import { statSync } from 'node:fs'
import { formatSize } from '../../std/size.ts'
import type { HealthStore } from '../health-store.ts'
import type { StoreCheck } from '../schema-store.ts'
import type { SqliteConnection } from './connection.ts'
import { LARGEST_WAL_BYTES } from './largest-wal.ts'

/** The role of whoever watches over the file. */
export function createHealthStore({ path }: SqliteConnection): HealthStore {
  return { check: async () => [checkWal(`${path}-wal`)] }
}

function checkWal(path: string): StoreCheck {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const ok = bytes <= LARGEST_WAL_BYTES
  return {
    name: 'write-ahead log size',
    ok,
    found: ok
      ? formatSize(bytes)
      : `${path} has ${formatSize(bytes)}: a reader that does not end keeps it from being emptied`,
    remedy: ok
      ? null
      : `end the process that holds a read transaction open; 'lsof ${path}' lists who has it open. Or no station runs: start one`,
  }
}
