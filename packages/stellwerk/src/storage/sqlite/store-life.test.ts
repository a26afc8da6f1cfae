import { expect, test } from 'vitest'
import { newJob, newStation, openTestStore } from '../../../test/temporary-store.ts'
import type { RunFacts } from '../../domain/metrics/won-run.ts'
import type { Outcome } from '../outcome-store.ts'
import type { Store } from '../store.ts'

const run: RunFacts = { startedAt: 1, waitMs: 0.5, runMs: 1.5, cpuMs: null, memoryBytes: 10, memoryPeakBytes: 20 }
const failure = { kind: 'error', errorClass: 'Error', message: 'no', stack: 'at x', causes: [] } as const
const lane = { queue: 'default', type: 'noop', inBatch: false, priority: 0 }

async function claimAll(store: Store, limit = 1000) {
  return await store.claims.claim({ stationId: 'station-a', shares: [{ ...lane, limit }], limit })
}

async function settleAll(store: Store, outcomes: readonly Outcome[]) {
  return await store.outcomes.settle({ stationId: 'station-a', outcomes, logs: [], metrics: () => [] })
}

async function expectExactTallies(store: Store) {
  expect(await store.metrics.tallies()).toEqual(await store.metrics.recount())
}

test('jobs run from dispatch to history, whatever the size of the flush, with exact counters', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  for (const size of [1, 9, 10, 61, 173]) {
    const ids = await store.dispatch.insertJobs({
      token: `t${size}`,
      jobs: Array.from({ length: size }, () => newJob()),
    })
    expect(new Set(ids).size).toBe(size)
    const claimed = await claimAll(store)
    expect(claimed.map(({ id }) => id)).toEqual(ids)
    const outcomes = claimed.map(
      ({ id, claimSeq, queue, type }): Outcome => ({
        kind: 'completed',
        id,
        claimSeq,
        queue,
        type,
        tries: 3,
        result: '1',
        ...run,
      }),
    )
    const { refused } = await settleAll(store, outcomes)
    expect(refused).toEqual([])
    await expectExactTallies(store)
  }
  expect(await store.metrics.tallies()).toEqual([{ queue: 'default', type: 'noop', state: 'completed', count: 254 }])
})

test('a stale claim, an unknown job and a claim told twice are refused beside those that win', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  await store.dispatch.insertJobs({ token: 'a', jobs: [newJob(), newJob()] })
  const [one, two] = await claimAll(store)
  if (one === undefined || two === undefined) throw new Error('nothing was claimed')
  const done = (id: number, claimSeq: number): Outcome => ({
    kind: 'completed',
    queue: one.queue,
    type: one.type,
    id,
    claimSeq,
    tries: 3,
    result: null,
    ...run,
  })
  const outcomes = [
    done(one.id, one.claimSeq),
    done(two.id, two.claimSeq + 1),
    done(999, 1),
    done(one.id, one.claimSeq),
  ]
  const { refused } = await settleAll(store, outcomes)
  expect(refused).toEqual(outcomes.slice(1))
  expect((await store.jobs.find(one.id))?.state).toBe('completed')
  expect((await store.jobs.find(two.id))?.state).toBe('processing')
  await expectExactTallies(store)
})

test('a list pages over live, failed and finished jobs, the newest first', async () => {
  const store = await openTestStore()
  await store.stations.register(newStation())
  const ids = await store.dispatch.insertJobs({ token: 'a', jobs: Array.from({ length: 6 }, () => newJob()) })
  const [first, second] = await claimAll(store, 2)
  if (first === undefined || second === undefined) throw new Error('nothing was claimed')
  await settleAll(store, [
    { ...first, kind: 'completed', tries: 3, result: null, ...run },
    { kind: 'failed', id: second.id, claimSeq: second.claimSeq, tries: 3, threw: true, failure, hook: false, ...run },
  ])
  const page = await store.jobs.list({ limit: 4 })
  const rest = await store.jobs.list({ limit: 4, beforeId: page.nextBeforeId ?? 0 })
  expect([...page.jobs, ...rest.jobs].map(({ id }) => id)).toEqual(ids.toReversed())
  expect(rest.jobs.map(({ state }) => state)).toEqual(['failed', 'completed'])
  expect(rest.nextBeforeId).toBeNull()
  expect((await store.jobs.list({ limit: 4, states: ['failed'] })).jobs.map(({ id }) => id)).toEqual([second.id])
  expect((await store.jobs.list({ limit: 4, states: ['completed'] })).scanned).toBe(100_000)
})

test('lane heads are found lane by lane, whatever waits behind them', async () => {
  const store = await openTestStore()
  const jobs = ['a', 'b'].flatMap((queue) =>
    [-5, 0, 7].flatMap((priority) => Array.from({ length: 20 }, (_, weight) => newJob({ queue, priority, weight }))),
  )
  await store.dispatch.insertJobs({ token: 'a', jobs })
  const heads = await store.claims.laneHeads()
  expect(heads.map(({ queue, priority }) => [queue, priority])).toEqual([
    ['a', -5],
    ['a', 0],
    ['a', 7],
    ['b', -5],
    ['b', 0],
    ['b', 7],
  ])
  const [job] = await store.claims
    .claim({ stationId: 'none', shares: [{ ...lane, queue: 'a', limit: 1 }], limit: 1 })
    .then((claimed) => claimed)
  expect(job).toBeUndefined()
})
