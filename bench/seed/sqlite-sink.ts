import { DatabaseSync } from 'node:sqlite'
import type { SeededRows, SeedSink } from './seed-sink.ts'

const rowsPerStatement = 50
type Value = string | number | null | Uint8Array

/** Writes into a migrated file over a connection of its own: one transaction per call, not durable on the way. */
export function openSqliteSink(path: string): SeedSink {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY')
  const number = (text: string): number => Number(Object.values(database.prepare(text).get() ?? {})[0] ?? 0)
  return {
    now: async () => Math.floor(performance.timeOrigin + performance.now()),
    jobs: async () =>
      number(
        'SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM failed_job) + (SELECT count(*) FROM finished_job)',
      ),
    prepare: async () => {},
    insert: async (rows) => insert(database, rows),
    finish: async (lastId) => {
      database.exec(`DELETE FROM sqlite_sequence WHERE name = 'job'`)
      database.prepare(`INSERT INTO sqlite_sequence (name, seq) VALUES ('job', ?)`).run(lastId)
      database.exec('ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)')
    },
    close: async () => database.close(),
  }
}

function insert(database: DatabaseSync, { table, columns }: SeededRows): void {
  const names = Object.keys(columns)
  const values = Object.values(columns)
  const total = values[0]?.length ?? 0
  const marks = `(${names.map(() => '?').join(',')})`
  const into = table === 'retried_attempt' ? 'job_attempt' : table
  const text = (rows: number): string =>
    `INSERT INTO ${into} (${names.join(',')}) VALUES ${Array(rows).fill(marks).join(',')}`
  const many = database.prepare(text(rowsPerStatement))
  const one = database.prepare(text(1))
  const rowAt = (row: number): Value[] => values.map((column) => column[row] ?? null)
  database.exec('BEGIN IMMEDIATE')
  let row = 0
  for (; row + rowsPerStatement <= total; row += rowsPerStatement) {
    const bound: Value[] = []
    for (let at = row; at < row + rowsPerStatement; at += 1) bound.push(...rowAt(at))
    many.run(...bound)
  }
  for (; row < total; row += 1) one.run(...rowAt(row))
  database.exec('COMMIT')
}
