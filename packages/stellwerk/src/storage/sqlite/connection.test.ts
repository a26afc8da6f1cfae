import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newJob, openTestStore, temporaryPath } from '../../../test/temporary-store.ts'
import { SqliteConnection } from './connection.ts'
import { hostNowMs } from './now-ms.ts'

/** A process that takes the write lock, says so, and lets go when it is told. */
async function lockingProcess(path: string): Promise<ChildProcess> {
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(process.argv[1], { timeout: 5000 })
    database.exec('BEGIN IMMEDIATE; DELETE FROM station')
    console.log('locked')
    process.stdin.once('data', () => { database.exec('COMMIT'); database.close(); process.exit() })`
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  if (child.stdout !== null) await once(child.stdout, 'data')
  return child
}

test('a dispatch waits for another process without holding up the event loop', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  const child = await lockingProcess(path)
  let turns = 0
  const counting = setInterval(() => {
    turns += 1
  }, 1)
  onTestFinished(() => clearInterval(counting))
  const inserting = store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  await vi.waitUntil(() => turns >= 20, 20_000)
  child.stdin?.write('go')
  expect(await inserting).toHaveLength(1)
})

test('a lock that is never given back ends as STORE_BUSY, with nothing written', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  const holder = new DatabaseSync(path)
  holder.exec('BEGIN IMMEDIATE')
  onTestFinished(() => holder.close())
  const clock = vi.spyOn(performance, 'now')
  let elapsedMs = 0
  clock.mockImplementation(() => (elapsedMs += 500))
  onTestFinished(() => clock.mockRestore())
  const inserting = store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  await expect(inserting).rejects.toMatchObject({ code: 'STORE_BUSY' })
  holder.exec('ROLLBACK')
  expect(await store.metrics.tallies()).toEqual([])
})

test('a transaction that throws leaves nothing behind', async () => {
  const path = temporaryPath()
  await openTestStore({ path })
  const connection = new SqliteConnection({ path, readOnly: false, nowMs: hostNowMs, busyTimeoutMs: 0 })
  onTestFinished(() => connection.close())
  const failing = connection.write(() => {
    connection.prepare("INSERT INTO tally VALUES ('q', 't', 'pending', 1)").run()
    throw new Error('on purpose')
  })
  await expect(failing).rejects.toThrow('on purpose')
  expect(connection.prepare('SELECT count(*) FROM tally').get()).toEqual([0])
})

test('a database that may not grow is full: the group is refused whole, and passes once there is room', async () => {
  const path = temporaryPath()
  await openTestStore({ path })
  const connection = new SqliteConnection({ path, readOnly: false, nowMs: hostNowMs, busyTimeoutMs: 0 })
  onTestFinished(() => connection.close())
  const pages = Number(connection.prepare('PRAGMA page_count').get()?.[0])
  connection.prepare(`PRAGMA max_page_count = ${pages}`).get()
  const write = () =>
    connection.write(() =>
      connection.prepare("INSERT INTO dispatch_receipt VALUES ('a', 1, ?)").run('x'.repeat(100_000)),
    )
  await expect(write()).rejects.toMatchObject({ code: 'STORE_FULL' })
  expect(connection.prepare('SELECT count(*) FROM dispatch_receipt').get()).toEqual([0])
  connection.prepare('PRAGMA max_page_count = 100000').get()
  expect(await write()).toBe(1)
})

test('closing waits for a write that still waits for its turn', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  const holder = new DatabaseSync(path)
  holder.exec('BEGIN IMMEDIATE')
  const inserting = store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  const closing = store.close()
  holder.exec('ROLLBACK')
  holder.close()
  await closing
  expect(await inserting).toHaveLength(1)
})
