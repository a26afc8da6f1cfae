import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Kysely } from '../sql/kysely.ts'
import { createKyselyDialect } from './kysely-dialect.ts'

interface Tables {
  readonly token: { readonly id: number; readonly name: string }
}

function openNumbers() {
  const database = new DatabaseSync(':memory:')
  onTestFinished(() => database.close())
  database.exec(
    "CREATE TABLE token (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO token (id, name) VALUES (1, 'one'), (2, 'two')",
  )
  const prepared = vi.spyOn(database, 'prepare')
  const db = new Kysely<Tables>({ dialect: createKyselyDialect(database) })
  const nameOf = (id: number, names: readonly string[] = ['one', 'two']) =>
    db.selectFrom('token').select('name').where('id', '=', id).where('name', 'in', names).execute()
  return { prepared, nameOf }
}

test('a statement that was asked for lately is not prepared again, and takes other values', async () => {
  const { prepared, nameOf } = openNumbers()
  expect(await nameOf(1)).toEqual([{ name: 'one' }])
  expect(await nameOf(2)).toEqual([{ name: 'two' }])
  expect(prepared).toHaveBeenCalledTimes(1)
})

test('no more than a hundred are kept, and those that are in use stay', async () => {
  const { prepared, nameOf } = openNumbers()
  for (let more = 1; more <= 150; more++) {
    await nameOf(1)
    await nameOf(
      1,
      Array.from({ length: more + 2 }, (_, at) => `name ${at}`),
    )
  }
  expect(prepared).toHaveBeenCalledTimes(151)
  await nameOf(
    1,
    Array.from({ length: 3 }, (_, at) => `name ${at}`),
  )
  expect(prepared).toHaveBeenCalledTimes(152)
})
