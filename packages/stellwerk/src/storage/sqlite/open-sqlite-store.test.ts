import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { newJob, openTestStore, temporaryFolder, temporaryPath } from '../../../test/temporary-store.ts'
import { refuseOldSqlite } from './configure-connection.ts'
import { migrations } from './migrations/all-migrations.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

test('opening creates the file, its log and its index for their owner alone', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  await store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  for (const suffix of ['', '-wal', '-shm']) expect(statSync(path + suffix).mode & 0o777).toBe(0o600)
})

test('opening without migrating leaves the file empty and says that there is no schema', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path, migrate: false })
  expect(await store.schema.version()).toBeNull()
  await expect(store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })).rejects.toMatchObject({
    code: 'SCHEMA_MISSING',
  })
  expect(statSync(path).size).toBe(0)
})

test('migrating twice applies each step once, and two stores share the installation', async () => {
  const path = temporaryPath()
  const first = await openTestStore({ path, migrate: false })
  const second = await openTestStore({ path, migrate: false })
  const applied = await Promise.all([first.schema.migrate(), second.schema.migrate()])
  expect(applied.flat().map(({ version }) => version)).toEqual(migrations.map(({ version }) => version))
  expect(await first.schema.installationId()).toMatch(/^[0-9a-f]{32}$/)
  expect(await second.schema.installationId()).toBe(await first.schema.installationId())
})

test('the self-check finds nothing to say about a new store, and a file that others may read', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  const found = await store.schema.check()
  expect(found.filter(({ ok }) => !ok)).toEqual([])
  expect(found.filter(({ found: told }) => /^\w*$/.test(told)).map(({ found: told }) => told)).toEqual([
    'enforced',
    'none',
    'local',
  ])
  chmodSync(path, 0o644)
  expect((await store.schema.check()).filter(({ ok }) => !ok)).toEqual([
    { name: 'file access', ok: false, found: 'others may open it (644)', remedy: `chmod 600 ${path}` },
  ])
})

test('a file that is no database is foreign, and stays as it was', async () => {
  const path = temporaryPath()
  const text = 'this is a diary, not a database\n'.repeat(200)
  writeFileSync(path, text)
  await expect(openSqliteStore({ path, migrate: true })).rejects.toMatchObject({ code: 'STORE_FOREIGN' })
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('the database of another application is foreign', async () => {
  const path = temporaryPath()
  const other = new DatabaseSync(path)
  other.exec('CREATE TABLE recipe (title TEXT)')
  other.close()
  await expect(openSqliteStore({ path, migrate: true })).rejects.toMatchObject({ code: 'STORE_FOREIGN' })
})

test('a file that was cut short is corrupt', async () => {
  const path = temporaryPath()
  const store = await openSqliteStore({ path, migrate: true })
  await store.close()
  truncateSync(path, Math.floor(statSync(path).size / 2))
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
})

test('a file whose head was overwritten behind its first bytes is corrupt', async () => {
  const path = temporaryPath()
  const store = await openSqliteStore({ path, migrate: true })
  await store.close()
  const bytes = readFileSync(path)
  bytes.fill(0xff, 16, 200)
  writeFileSync(path, bytes)
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
})

test('a schema for newer programs is refused', async () => {
  const path = temporaryPath()
  const store = await openSqliteStore({ path, migrate: true })
  await store.close()
  const later = new DatabaseSync(path)
  later.exec('UPDATE stellwerk_schema SET version = 99, oldest_program = 98')
  later.close()
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' })
})

test('a folder that does not exist, a folder in place of a file and no path at all are refused with a remedy', async () => {
  const folder = temporaryFolder()
  await expect(openSqliteStore({ path: join(folder, 'absent', 'store.db') })).rejects.toMatchObject({
    code: 'STORE_NOT_WRITABLE',
  })
  mkdirSync(join(folder, 'store.db'))
  await expect(openSqliteStore({ path: join(folder, 'store.db') })).rejects.toMatchObject({
    code: 'STORE_NOT_WRITABLE',
  })
  await expect(openSqliteStore({ path: ':memory:' })).rejects.toMatchObject({ code: 'STORE_ADDRESS_INVALID' })
})

test('a read-only store reads, and refuses to write', async () => {
  const path = temporaryPath()
  await expect(openSqliteStore({ path, readOnly: true })).rejects.toMatchObject({ code: 'SCHEMA_MISSING' })
  const writer = await openTestStore({ path })
  const [id] = await writer.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  const reader = await openTestStore({ path, readOnly: true, migrate: false })
  expect((await reader.jobs.find(id ?? 0))?.state).toBe('pending')
  await expect(reader.jobs.cancel(id ?? 0)).rejects.toMatchObject({ code: 'STORE_NOT_WRITABLE' })
})

test('an old SQLite is refused by its version, a newer one is not', () => {
  expect(() => refuseOldSqlite('3.51.2')).toThrowError(expect.objectContaining({ code: 'SQLITE_TOO_OLD' }))
  expect(() => refuseOldSqlite('3.9.0')).toThrowError(expect.objectContaining({ code: 'SQLITE_TOO_OLD' }))
  expect(() => refuseOldSqlite('3.51.3')).not.toThrow()
  expect(() => refuseOldSqlite('4.0.0')).not.toThrow()
})

test('a closed store says so, and closing again is no error', async () => {
  const store = await openTestStore()
  await Promise.all([store.close(), store.close()])
  await expect(store.metrics.tallies()).rejects.toMatchObject({ code: 'CLOSED' })
})
