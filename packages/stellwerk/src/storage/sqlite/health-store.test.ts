import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openTestStore, temporaryPath } from '../../../test/temporary-store.ts'

const mebibyte = 1024 * 1024

test('a reader that does not end keeps the log growing, which is an alarm above 64 MiB, and none once it has ended', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  const check = async () => (await store.health.check({ snapshotAgeMs: 0 }))[0]
  expect(await check()).toMatchObject({ name: 'write-ahead log size', ok: true, remedy: null })

  const reader = new DatabaseSync(path)
  reader.exec('BEGIN; SELECT count(*) FROM job')
  const writer = new DatabaseSync(path)
  writer.exec('PRAGMA synchronous = OFF; CREATE TABLE ballast (bytes BLOB)')
  const insert = writer.prepare('INSERT INTO ballast VALUES (zeroblob(?))')
  for (let written = 0; written < 66; written += 6) {
    insert.run(6 * mebibyte)
    await store.maintain()
  }
  expect(await check()).toMatchObject({
    ok: false,
    found: expect.stringMatching(/store\.db-wal has 6\d(\.\d)? MB: a reader that does not end/),
    remedy: expect.stringContaining('lsof'),
  })

  reader.close()
  writer.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  writer.close()
  expect(await check()).toMatchObject({ ok: true })
})
