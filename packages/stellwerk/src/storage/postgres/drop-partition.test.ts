import { expect, inject, onTestFinished, test } from 'vitest'
import { silentLog } from '../../std/log.ts'
import { postgresHarness } from '../conformance/postgres-harness.ts'
import { createPatientPool } from './create-pool.ts'
import { dropPartition } from './drop-partition.ts'
import { loadPg } from './load-pg.ts'
import { listPartitions } from './partitions.ts'
import { PostgresDatabase, type PostgresTransaction } from './postgres-database.ts'

const address = inject('postgresUrl')
const table = 'finished_payload'

test('a partition that another dropped since the transaction began is gone already, for a session too that knew it by name', async () => {
  const opened = await postgresHarness(address).open()
  onTestFinished(() => opened.close())
  const [row] = await opened.sql('SELECT current_schema() AS name')
  const name = String(row?.['name'])
  const [one, other] = [await openDatabase(name), await openDatabase(name)]
  const [oldest, next] = await listPartitions(one, name, table)
  if (oldest === undefined || next === undefined) throw new Error('a new schema has partitions of a week')
  // What a session looks up for the first time makes it hear of all drops: this one must have nothing to look up.
  expect(await dropPartition(one, table, oldest)).toBe(0)

  const late = new Proxy(one, {
    get: (db, property) =>
      property === 'transaction'
        ? (work: (tx: PostgresTransaction) => Promise<unknown>) =>
            db.transaction(async (tx) => {
              await tx.query('SELECT to_regclass($1)', [`${name}.${next.name}`])
              expect(await dropPartition(other, table, next)).toBe(0)
              return await work(tx)
            })
        : Reflect.get(db, property),
  })
  expect(await dropPartition(late, table, next)).toBeNull()
  expect(await listPartitions(one, name, table)).not.toContainEqual(next)
})

async function openDatabase(schema: string): Promise<PostgresDatabase> {
  const db = new PostgresDatabase(createPatientPool(await loadPg(), address, silentLog), {
    schema,
    schemaName: schema,
    place: 'test',
  })
  onTestFinished(() => db.close())
  return db
}
