import { expect, test, vi } from 'vitest'
import { newJob, openTestStore, temporaryPath } from '../../../test/temporary-store.ts'
import { SqliteConnection } from './connection.ts'
import { hostNowMs } from './now-ms.ts'

test('a dispatch wakes the listeners of every store of this process that opened the file, before the caller goes on', async () => {
  const path = temporaryPath()
  const one = await openTestStore({ path })
  const other = await openTestStore({ path })
  const near = vi.fn()
  const far = vi.fn()
  const ends = [one.wake.subscribe(near), other.wake.subscribe(far)]
  await one.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  expect(near).toHaveBeenCalledOnce()
  expect(far).toHaveBeenCalledOnce()
  for (const end of ends) end()
  await one.dispatch.insertJobs({ token: 'b', jobs: [newJob()] })
  expect(near).toHaveBeenCalledOnce()
})

test('a commit that no hub of this process saw is found by polling', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  const listener = vi.fn()
  const end = store.wake.subscribe(listener)
  const stranger = new SqliteConnection({ path, readOnly: false, nowMs: hostNowMs, busyTimeoutMs: 0 })
  await stranger.write(() => stranger.prepare("INSERT INTO tally VALUES ('q', 't', 'pending', 1)").run())
  await vi.waitUntil(() => listener.mock.calls.length > 0, 20_000)
  end()
  await stranger.close()
})

test('a store with a subscription left may be closed', async () => {
  const store = await openTestStore()
  store.wake.subscribe(() => {})
  await store.close()
})
