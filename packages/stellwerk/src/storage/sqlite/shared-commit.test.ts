import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openTestStore, temporaryPath } from '../../../test/temporary-store.ts'
import { SqliteConnection } from './connection.ts'
import { hostNowMs } from './now-ms.ts'

interface Opened {
  readonly path: string
  readonly connection: SqliteConnection
  /** How many commits there were. */
  commits(): number
  /** Writes a receipt of this many bytes. */
  write(token: string, bytes?: number): Promise<unknown>
  tokens(): readonly unknown[]
}

async function open(): Promise<Opened> {
  const path = temporaryPath()
  await openTestStore({ path })
  const connection = new SqliteConnection({ path, readOnly: false, nowMs: hostNowMs, busyTimeoutMs: 0 })
  onTestFinished(() => connection.close())
  let commits = 0
  connection.onCommit = () => {
    commits += 1
  }
  return {
    ...{ path, connection, commits: () => commits },
    write: (token, bytes = 1) =>
      connection.write(() =>
        connection.prepare('INSERT INTO dispatch_receipt VALUES (?, 1, ?)').run(token, 'x'.repeat(bytes)),
      ),
    tokens: () =>
      connection
        .prepare('SELECT token FROM dispatch_receipt ORDER BY token')
        .all()
        .map(([token]) => token),
  }
}

test('the first write of a turn commits at once, those behind it together at its end', async () => {
  const { write, tokens, commits } = await open()
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((token) => write(token)))
  expect(tokens()).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(commits()).toBe(2)
  await write('f')
  expect(commits()).toBe(3)
})

test('a write that throws leaves nothing behind and fails alone; it never shared what others wrote before and after it', async () => {
  const { connection, write, tokens, commits } = await open()
  const failing = (): Promise<unknown> =>
    connection.write(() => {
      connection.prepare("INSERT INTO dispatch_receipt VALUES ('half', 1, '')").run()
      throw new Error('on purpose')
    })
  const ends = await Promise.allSettled([write('a'), write('b'), failing(), write('c')])
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(ends[2]).toMatchObject({ reason: { message: 'on purpose' } })
  expect(tokens()).toEqual(['a', 'b', 'c'])
  expect(commits()).toBe(2)
})

test('what a row refuses is the error of its own write', async () => {
  const { write, tokens } = await open()
  const ends = await Promise.allSettled([write('a'), write('b'), write('b'), write('c')])
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(tokens()).toEqual(['a', 'b', 'c'])
})

test('a full disk refuses the write that does not fit, and none that does', async () => {
  const { connection, write, tokens } = await open()
  const pages = Number(connection.prepare('PRAGMA page_count').get()?.[0])
  connection.prepare(`PRAGMA max_page_count = ${pages + 2}`).get()
  const ends = await Promise.allSettled([write('a'), write('b'), write('big', 1_000_000), write('c')])
  expect(ends[2]).toMatchObject({ status: 'rejected', reason: { code: 'STORE_FULL' } })
  expect(tokens()).toEqual(['a', 'b', 'c'])
})

test('while another process holds the lock they wait together, and none is written twice', async () => {
  const { path, write, tokens, commits } = await open()
  const first = write('a')
  const others = ['b', 'c', 'd'].map((token) => write(token))
  const holder = new DatabaseSync(path)
  holder.exec('BEGIN IMMEDIATE')
  await first
  await delay(20)
  expect(commits()).toBe(1)
  holder.exec('ROLLBACK')
  holder.close()
  await Promise.all(others)
  expect(tokens()).toEqual(['a', 'b', 'c', 'd'])
  expect(commits()).toBe(2)
})
