import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { NewJob } from '../src/storage/dispatch-store.ts'
import { openSqliteStore, type SqliteStoreOptions } from '../src/storage/sqlite/open-sqlite-store.ts'
import type { NewStation } from '../src/storage/station-store.ts'
import type { Store } from '../src/storage/store.ts'

/** A folder of this test alone, removed when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stellwerk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The path of a database of this test alone, which does not exist yet. */
export function temporaryPath(): string {
  return join(temporaryFolder(), 'store.db')
}

/** A store that is closed when the test has finished; migrated unless the options say otherwise. */
export async function openTestStore(options: Partial<SqliteStoreOptions> = {}): Promise<Store> {
  const store = await openSqliteStore({ path: options.path ?? temporaryPath(), migrate: true, ...options })
  onTestFinished(() => store.close())
  return store
}

/** A job that nothing distinguishes but what the test says. */
export function newJob(differs: Partial<NewJob> = {}): NewJob {
  return {
    type: 'noop',
    typeVersion: 1,
    queue: 'default',
    priority: 0,
    weight: 0,
    payload: '{}',
    options: null,
    delayMs: 0,
    runAt: null,
    tries: 3,
    maxCrashes: 3,
    parentId: null,
    runId: null,
    ...differs,
  }
}

/** A station as it announces itself, with a lease of ten seconds. */
export function newStation(differs: Partial<NewStation> = {}): NewStation {
  return {
    id: 'station-a',
    host: 'host-a',
    pid: 1,
    label: null,
    version: '0.0.0',
    concurrency: 10,
    types: ['noop'],
    queues: ['*'],
    leaseMs: 10_000,
    ...differs,
  }
}
