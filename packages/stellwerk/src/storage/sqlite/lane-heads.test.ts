import { expect, onTestFinished, test } from 'vitest'
import { newJob, openTestStore, temporaryPath } from '../../../test/temporary-store.ts'
import { SqliteConnection } from './connection.ts'
import { LANE_HEADS } from './lane-heads.ts'
import { hostNowMs } from './now-ms.ts'

test('each step to the next lane is one seek: no lane is walked through and nothing is sorted', async () => {
  const path = temporaryPath()
  const store = await openTestStore({ path })
  await store.dispatch.insertJobs({ token: 'a', jobs: [newJob()] })
  const connection = new SqliteConnection({ path, readOnly: false, nowMs: hostNowMs, busyTimeoutMs: 0 })
  onTestFinished(() => connection.close())
  const plan = connection.prepare<[number, number, number, string]>(`EXPLAIN QUERY PLAN ${LANE_HEADS}`).all()
  const seeks = plan.map(([, , , detail]) => detail.split('job_lane')[1]).filter((seek) => seek !== undefined)
  expect(seeks).toEqual([
    '',
    ' (queue=? AND type=? AND in_batch=? AND priority>?)',
    ' (queue=? AND type=? AND in_batch>?)',
    ' (queue=? AND type>?)',
    ' (queue>?)',
  ])
  expect(plan.some(([, , , detail]) => detail.includes('TEMP B-TREE'))).toBe(false)
})
