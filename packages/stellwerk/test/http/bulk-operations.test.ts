import { describe, expect, test, vi } from 'vitest'
import { openStellwerk } from '../../src/app/open-stellwerk.ts'
import type { BulkOperationList } from '../../src/http/schemas/bulk-operation.ts'
import { listAudit } from '../../src/operations/list-audit.ts'
import { failedOf } from '../../src/storage/conformance/sample-records.ts'
import { claimJobs, dispatchMany, startStation } from '../../src/storage/conformance/store-steps.ts'
import type { Store } from '../../src/storage/store.ts'
import { temporaryPath } from '../temporary-store.ts'
import { settleMeasured } from './job-history.ts'
import { actorOf, bothStores, openApi } from './open-api.ts'
import { newToken, openTestRoom } from './open-room.ts'

async function makeFailed(store: Store, count: number): Promise<void> {
  await startStation(store, { queues: ['mail'] })
  await dispatchMany(store, count)
  const claimed = await claimJobs(store, 'station-a', count)
  expect(claimed).toHaveLength(count)
  await settleMeasured(
    store,
    claimed,
    claimed.map((job) => failedOf(job)),
  )
}

describe.each(bothStores)('bulk actions on %s', (_name, harness) => {
  test('more than a thousand failed jobs are retried by an operation of the server, and less in the request', async () => {
    const api = await openApi(harness())
    await makeFailed(api.store, 1_203)
    const few = await api.call('POST /failed-jobs/retry', { body: { selection: { toId: '2' } } })
    expect([few.status, few.body]).toEqual([200, { matched: 2, changed: 2 }])
    const many = await api.call('POST /failed-jobs/retry', { body: { selection: { queue: 'mail' } } })
    expect([many.status, many.body]).toMatchObject([202, { action: 'retry', state: 'running', matched: 1_201 }])
    const operations = async () => ((await api.call('GET /operations')).body as BulkOperationList).operations
    await vi.waitFor(async () => expect(await operations()).toMatchObject([{ state: 'done', changed: 1_201 }]), 20_000)
    expect((await api.call('GET /jobs/counts')).body).toMatchObject({ counts: { failed: 0, pending: 1_203 } })
    const { entries } = (await api.call('GET /audit')).body as { entries: { action: string; count: number }[] }
    expect(entries.map(({ action, count }) => `${action} ${count}`)).toEqual(['job:retry 1201', 'job:retry 2'])
    expect(
      (await api.call('GET /operations', { actor: { ...actorOf('viewer', ['other']), tokenId: 2 } })).body,
    ).toEqual({
      operations: [],
    })
  })
})

test('an operation ends with its server between two steps, and its row says how far it came', async () => {
  const store = `sqlite:${temporaryPath()}`
  const stellwerk = await openStellwerk({ store })
  await makeFailed(stellwerk.deps().store, 4_000)
  const token = await newToken(stellwerk, 'operator')
  const { ask } = openTestRoom(stellwerk)
  const answer = await ask('/api/v1/failed-jobs/delete', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ selection: { all: true } }),
  })
  expect([answer.status, await answer.json()]).toMatchObject([202, { state: 'running', matched: 4_000 }])
  await stellwerk.close()
  const again = await openStellwerk({ store })
  const left = await again.countFailed()
  const { entries } = await listAudit(again.deps(), {})
  await again.close()
  expect(left).toBeGreaterThan(0)
  expect(left % 500).toBe(0)
  expect(entries[0]).toMatchObject({ action: 'job:delete', outcome: 'done', count: 4_000 - left })
  expect(entries[0]?.after).toContain('stopped')
})
