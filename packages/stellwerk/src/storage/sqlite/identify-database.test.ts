import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { hostClockMs } from '../../std/host-clock.ts'
import { SqliteConnection } from './connection.ts'
import { APPLICATION_ID, identifyDatabase, PROGRAM_SCHEMA } from './identify-database.ts'
import { migrations } from './migrations/all-migrations.ts'

/** What another process does that makes the schema: one commit. */
function makeSchema(path: string): void {
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  for (const { text } of migrations) other.exec(text)
  other.exec(`PRAGMA application_id = ${APPLICATION_ID};
    INSERT INTO stellwerk_schema (one, version, oldest_program, installation_id, migrated_at) VALUES (1, ${PROGRAM_SCHEMA}, 1, 'it', 0); COMMIT`)
  other.close()
}

/** A connection to a new file, behind whose nth statement another process makes the schema. */
function racing(behind: number, own = ''): SqliteConnection {
  const folder = mkdtempSync(join(tmpdir(), 'stellwerk-identify-'))
  const path = join(folder, 'jobs.db')
  const first = new DatabaseSync(path)
  first.exec(`PRAGMA journal_mode = WAL; ${own}`)
  first.close()
  const connection = new SqliteConnection({ path, readOnly: false, nowMs: hostClockMs, busyTimeoutMs: 0 })
  onTestFinished(async () => {
    await connection.close()
    rmSync(folder, { recursive: true })
  })
  const prepare = connection.prepare.bind(connection)
  let statements = 0
  const raced = <T>(work: () => T): T => {
    const value = work()
    if (++statements === behind) makeSchema(path)
    return value
  }
  connection.prepare = ((text: string) => {
    const statement = prepare(text)
    return { get: () => raced(() => statement.get()), all: () => raced(() => statement.all()) }
  }) as never
  return connection
}

test.each([1, 2, 3])('a schema that another process makes behind statement %i is no foreign database', (behind) => {
  const found = identifyDatabase(racing(behind))
  expect([null, PROGRAM_SCHEMA]).toContain(found?.version ?? null)
})

test.each([1, 2, 3])('nor is it behind statement %i beside the tables of an application', (behind) => {
  const found = identifyDatabase(racing(behind, 'CREATE TABLE customer (id INTEGER)'), true)
  expect([null, PROGRAM_SCHEMA]).toContain(found?.version ?? null)
})

test('without anyone else an empty file has no schema, and one with tables is foreign', () => {
  expect(identifyDatabase(racing(0))).toBeNull()
  expect(() => identifyDatabase(racing(0, 'CREATE TABLE customer (id INTEGER)'))).toThrow('another application')
})
