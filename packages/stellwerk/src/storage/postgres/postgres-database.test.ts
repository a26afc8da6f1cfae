import type { Pool } from 'pg'
import { expect, test, vi } from 'vitest'
import { PostgresDatabase } from './postgres-database.ts'

/** A database of one connection, whose server answers COMMIT with this. */
function answering(command: string) {
  const asked: string[] = []
  const release = vi.fn()
  const query = async (text: string) => {
    asked.push(text)
    return { command: text === 'COMMIT' ? command : 'SELECT', rows: [] }
  }
  const pool = { connect: async () => ({ query, release }) } as unknown as Pool
  const place = { schema: '"jobs"', schemaName: 'jobs', place: 'db-1/app' }
  return { db: new PostgresDatabase(pool, place), asked, release }
}

test('a commit that is answered as such is done, and its connection is used again', async () => {
  const { db, release } = answering('COMMIT')
  expect(await db.transaction(async () => 7)).toBe(7)
  expect(release.mock.calls).toEqual([[]])
})

test('one that is answered with the answer to another statement is unclear, and its connection is never used again', async () => {
  const { db, asked, release } = answering('INSERT')
  await expect(db.transaction(async () => 7)).rejects.toMatchObject({
    code: 'STORE_UNREACHABLE',
    message: expect.stringContaining('answers are out of step, COMMIT was answered with INSERT'),
  })
  expect(release.mock.calls).toEqual([[true]])
  expect(asked.at(-1), 'nothing more is asked of it').toBe('COMMIT')
})

test('one that the server has rolled back is an error of the program', async () => {
  const { db, release } = answering('ROLLBACK')
  await expect(db.transaction(async () => 7)).rejects.toMatchObject({ code: 'INTERNAL' })
  expect(release.mock.calls).toEqual([[false]])
})
