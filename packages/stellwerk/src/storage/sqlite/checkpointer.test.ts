import { statSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { newJob, newStation, openTestStore, temporaryPath } from '../../../test/temporary-store.ts'
import { silentLog } from '../../std/log.ts'
import { Checkpointer } from './checkpointer.ts'
import { configureConnection } from './configure-connection.ts'
import { SqliteConnection } from './connection.ts'
import { hostNowMs } from './now-ms.ts'

const MiB = 1024 * 1024

function framesOf(connection: SqliteConnection): readonly [number, number] {
  const [, frames, moved] = connection.prepare<[number, number, number]>('PRAGMA wal_checkpoint(NOOP)').get() ?? [
    0, 0, 0,
  ]
  return [frames, moved]
}

async function openRaw(path: string): Promise<SqliteConnection> {
  await openTestStore({ path })
  const connection = new SqliteConnection({ path, readOnly: false, nowMs: hostNowMs, busyTimeoutMs: 0 })
  configureConnection(connection.database)
  onTestFinished(() => connection.close())
  return connection
}

async function writeMiB(connection: SqliteConnection, count: number): Promise<void> {
  for (let written = 0; written < count; written += 1) {
    await connection.write(() =>
      connection.prepare('INSERT INTO dispatch_receipt VALUES (?, 1, ?)').run(`t${written}`, 'x'.repeat(MiB)),
    )
  }
}

test('a station that has had nothing to do since the last pass empties the log', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  await store.stations.register(newStation())
  await store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  await store.maintain()
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
  await store.maintain()
  expect(statSync(`${path}-wal`).size).toBe(0)
})

test('a station moves a large log into the database between passes', async () => {
  const connection = await openRaw(temporaryPath())
  connection.isStation = true
  connection.onCommit = new Checkpointer(connection, silentLog).noteCommit
  await writeMiB(connection, 48)
  await new Promise(setImmediate)
  const [frames, moved] = framesOf(connection)
  expect(frames * 4096 < 40 * MiB || moved === frames).toBe(true)
  expect(statSync(`${connection.path}-wal`).size).toBeLessThanOrEqual(64 * MiB)
})

test('a process that only dispatches leaves the log to a living station, and moves it itself where none lives', async () => {
  const path = temporaryPath()
  const connection = await openRaw(path)
  const station = await openTestStore({ path })
  await station.stations.register(newStation())
  const checkpointer = new Checkpointer(connection, silentLog)
  await writeMiB(connection, 40)
  checkpointer.pass()
  expect(framesOf(connection)[1]).toBe(0)
  await station.stations.retire('station-a')
  checkpointer.pass()
  const [frames, moved] = framesOf(connection)
  expect(moved).toBe(frames)
})
