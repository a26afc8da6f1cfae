import { expect, test } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import { packJobs, unpackJobs } from './pack-jobs.ts'

const overTheChannel = <Message>(message: Message): Message => JSON.parse(JSON.stringify(message)) as Message

const changes: readonly Partial<ClaimedJob>[] = [
  { type: 'other' },
  { typeVersion: 2 },
  { queue: 'other' },
  { priority: 7 },
  { inBatch: true },
  { payload: '[1,[2]]' },
  { options: '{"tries":1}' },
  { attempt: 3 },
  { tries: 9 },
  { failures: 2 },
  { exceptions: 2 },
  { crashes: 1 },
  { claimSeq: 4 },
  { solo: true },
  { createdAt: 1 },
  { runAt: 2 },
  { claimedAt: 3 },
  { position: 4 },
  { parentId: 5 },
  { runId: 'a-run' },
  { batchId: 'a-batch' },
]

test('jobs come out as they went in, whichever field differs from one to the next', () => {
  const plain = claimedJob({ id: 1 })
  const fields = Object.keys(plain).filter((field) => field !== 'id')
  expect(changes.flatMap((change) => Object.keys(change)).toSorted()).toEqual(fields.toSorted())
  for (const change of changes) {
    const jobs = [plain, claimedJob({ id: 2, ...change }), claimedJob({ id: 3 })]
    const packed = overTheChannel(
      packJobs(
        jobs.map((job) => ({ job, receivedMs: 5 })),
        5,
      ),
    )
    expect(unpackJobs(packed)).toEqual([{ laterMs: 0, jobs }])
  }
})

test('jobs that arrived together stay together, in their order', () => {
  const arrived = [5, 5, 7, 5].map((receivedMs, at) => ({ job: claimedJob({ id: at + 1 }), receivedMs }))
  const batches = unpackJobs(overTheChannel(packJobs(arrived, 5)))
  expect(batches.map(({ laterMs, jobs }) => [laterMs, jobs.map(({ id }) => id)])).toEqual([
    [0, [1, 2]],
    [2, [3]],
    [0, [4]],
  ])
})

test('what a thousand jobs share is sent once', () => {
  const arrived = Array.from({ length: 1_000 }, (_, at) => ({
    job: claimedJob({ id: at + 1, payload: `{"n":${at}}`, queue: 'a queue of some length' }),
    receivedMs: 0,
  }))
  expect(JSON.stringify(packJobs(arrived, 0)).length / arrived.length).toBeLessThan(30)
})
