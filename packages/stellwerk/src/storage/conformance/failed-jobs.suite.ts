import { expect } from 'vitest'
import type { BulkProgress, BulkStep, FailedSelection } from '../failed-job-store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { failedOf, newFailure, retryingOf } from './sample-records.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'
import {
  at,
  bringTo,
  bringToFailed,
  claimJob,
  claimJobs,
  dispatchMany,
  findJob,
  settle,
  startStation,
  stateOf,
} from './store-steps.ts'

const stationId = 'station-a'

/** Six failed jobs, ten ms apart, and one job in every other state, which no bulk action may touch. */
async function failedSix(opened: OpenedStore) {
  const { store } = opened
  await startStation(store)
  const start = await store.metrics.now()
  const ids: number[] = []
  for (const index of [0, 1, 2, 3, 4, 5]) {
    ids.push(await bringToFailed(store, { queue: index < 4 ? 'mail' : 'slow', type: index % 2 === 0 ? 'even' : 'odd' }))
    await opened.advance(10)
  }
  const bystanders: number[] = []
  for (const state of ['scheduled', 'pending', 'processing', 'retrying', 'completed', 'cancelled'] as const) {
    bystanders.push(await bringTo(store, state))
  }
  return { start, ids, bystanders }
}

/** Each way to select, with the indices of {@link failedSix} that it means. */
function selections(start: number, ids: readonly number[]): ReadonlyMap<FailedSelection, readonly number[]> {
  return new Map<FailedSelection, readonly number[]>([
    [{}, [0, 1, 2, 3, 4, 5]],
    [{ ids: [at(ids, 1), at(ids, 4), 999_999] }, [1, 4]],
    [{ ids: [] }, []],
    [{ fromId: at(ids, 2) }, [2, 3, 4, 5]],
    [{ toId: at(ids, 2) }, [0, 1, 2]],
    [{ fromId: at(ids, 1), toId: at(ids, 3) }, [1, 2, 3]],
    [{ queue: 'slow' }, [4, 5]],
    [{ type: 'odd' }, [1, 3, 5]],
    [{ failedFrom: start + 20 }, [2, 3, 4, 5]],
    [{ failedTo: start + 20 }, [0, 1]],
    [{ failedFrom: start + 10, failedTo: start + 40 }, [1, 2, 3]],
    [{ queue: 'mail', type: 'even', fromId: at(ids, 1) }, [2]],
    [{ ids: [at(ids, 0), at(ids, 5)], queue: 'slow' }, [5]],
    [{ queue: 'nowhere' }, []],
    [{ queues: ['slow', 'nowhere'] }, [4, 5]],
    [{ queues: ['mail'], type: 'even' }, [0, 2]],
    [{ queues: [] }, []],
  ])
}

type Next = (selection: FailedSelection, step: BulkStep) => Promise<BulkProgress>

/** Repeats a bulk action until nothing is left; returns how many it changed in all. */
async function allSteps(next: Next, selection: FailedSelection, limit: number): Promise<number> {
  let changed = 0
  for (let afterId: number | null = 0, rounds = 0; afterId !== null; rounds += 1) {
    if (rounds > 100) throw new Error('a bulk action does not end')
    const progress: BulkProgress = await next(selection, { afterId, limit })
    expect(progress.changed).toBeLessThanOrEqual(limit)
    if (progress.lastId !== null) expect(progress.lastId).toBeGreaterThan(afterId)
    changed += progress.changed
    afterId = progress.lastId
  }
  return changed
}

const bulk: StoreCases = {
  'the count of a selection is what it means': async (opened) => {
    const { start, ids } = await failedSix(opened)
    for (const [selection, meant] of selections(start, ids)) {
      expect(await opened.store.failedJobs.count(selection), JSON.stringify(selection)).toBe(meant.length)
    }
  },

  'a bulk retry touches what its count said, in steps, and nothing else': async (opened) => {
    const { store } = opened
    const { start, ids, bystanders } = await failedSix(opened)
    const before = await Promise.all(bystanders.map((id) => findJob(store, id)))
    for (const [selection, meant] of selections(start, ids)) {
      const limit = meant.length > 3 ? 2 : 100
      const changed = await allSteps((...step) => store.failedJobs.retryNext(...step), selection, limit)
      expect(changed, JSON.stringify(selection)).toBe(meant.length)
      const states = await Promise.all(ids.map((id) => stateOf(store, id)))
      expect(states).toEqual(ids.map((_, index) => (meant.includes(index) ? 'pending' : 'failed')))
      await failAgain(opened, start)
    }
    expect(await Promise.all(bystanders.map((id) => findJob(store, id)))).toEqual(before)
  },

  'a bulk deletion touches what its count said, in steps, and nothing else': async (opened) => {
    const { store } = opened
    const { ids, bystanders } = await failedSix(opened)
    const before = await Promise.all(bystanders.map((id) => findJob(store, id)))
    const forget: Next = (...step) => store.failedJobs.forgetNext(...step)
    expect(await allSteps(forget, { queue: 'mail', type: 'odd' }, 1)).toBe(2)
    const states = await Promise.all(ids.map((id) => stateOf(store, id)))
    expect(states).toEqual(['failed', null, 'failed', null, 'failed', 'failed'])
    expect(await store.jobs.attempts(at(ids, 1))).toEqual([])
    expect(await store.jobs.attempts(at(ids, 0))).toHaveLength(1)
    expect(await allSteps(forget, {}, 3)).toBe(4)
    expect(await allSteps(forget, {}, 3)).toBe(0)
    expect(await Promise.all(bystanders.map((id) => findJob(store, id)))).toEqual(before)
  },

  'a step goes on after the given id and tells where it ended': async (opened) => {
    const { store } = opened
    const { ids } = await failedSix(opened)
    const first = await store.failedJobs.retryNext({}, { afterId: at(ids, 1), limit: 2 })
    expect(first).toEqual({ changed: 2, lastId: at(ids, 3) })
    const states = await Promise.all(ids.map((id) => stateOf(store, id)))
    expect(states).toEqual(['failed', 'failed', 'pending', 'pending', 'failed', 'failed'])
    expect(await store.failedJobs.retryNext({}, { afterId: at(ids, 5), limit: 2 })).toEqual({
      changed: 0,
      lastId: null,
    })
  },

  'a bulk retry does to each what a single retry does': async (opened) => {
    const { store } = opened
    await startStation(store)
    const [one, other] = [await bringToFailed(store, { weight: 2 }), await bringToFailed(store, { weight: 2 })]
    await opened.advance(300)
    await store.jobs.retry(one)
    await store.failedJobs.retryNext({ ids: [other] }, { afterId: 0, limit: 10 })
    const { createdAt: _, id: __, ...byHand } = await findJob(store, one)
    expect(await findJob(store, other)).toMatchObject(byHand)
    const claimed = await claimJobs(store, stationId)
    expect(claimed.map(({ claimSeq, attempt, failures }) => [claimSeq, attempt, failures])).toEqual([
      [2, 2, 0],
      [2, 2, 0],
    ])
  },

  'two bulk retries at once touch every job once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    await dispatchMany(store, 100)
    await settle(store, ...(await claimJobs(store, stationId)).map((job) => failedOf(job)))
    const changed = await Promise.all([
      allSteps((...step) => store.failedJobs.retryNext(...step), {}, 10),
      allSteps((...step) => second.failedJobs.retryNext(...step), {}, 10),
    ])
    expect(changed.reduce((sum, count) => sum + count, 0)).toBe(100)
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'pending', count: 100 }])
  },
}

/** Fails what is pending of {@link failedSix} once more, then puts every failure back at its first time. */
async function failAgain(opened: OpenedStore, start: number): Promise<void> {
  const { store } = opened
  const heads = await store.claims.laneHeads()
  const shares = heads.filter(({ type }) => type === 'even' || type === 'odd').map((head) => ({ ...head, limit: 10 }))
  const jobs = await store.claims.claim({ stationId, shares, limit: 10 })
  await settle(store, ...jobs.map((job) => failedOf(job)))
  await opened.sql(
    'UPDATE failed_job SET failed_at = $1 + 10 * (SELECT count(*) FROM failed_job AS other WHERE other.id < failed_job.id)',
    [start],
  )
}

const hooks: StoreCases = {
  'a due hook is taken once, with all that it needs': async ({ store }) => {
    await startStation(store)
    const id = (await dispatchMany(store, 1, { typeVersion: 2, payload: '{"p":1}' }))[0]
    await settle(store, retryingOf(await claimJob(store), { delayMs: 0, failure: newFailure({ stack: 'first' }) }))
    await store.claims.promoteDue(1)
    const failure = newFailure({
      kind: 'timeout',
      errorClass: 'Slow',
      message: 'took too long',
      stack: 'second',
      causes: [],
    })
    await settle(store, failedOf(await claimJob(store), { hook: true, failure }))
    const { priority, createdAt, runAt, parentId, runId } = await findJob(store, Number(id))
    const hook = { id, type: 'send', typeVersion: 2, queue: 'mail', payload: '{"p":1}', attempt: 2, failure }
    const taking = { claimSeq: 2, stationId, hookRun: 1 }
    expect(await store.failedJobs.takeHooks(['send'], 10, stationId)).toEqual([
      { ...hook, ...taking, priority, createdAt, runAt, parentId, runId },
    ])
    expect(await store.failedJobs.takeHooks(['send'], 10, stationId)).toEqual([])
    expect(await stateOf(store, Number(id))).toBe('failed')
  },

  'hooks are taken of the asked types alone, in bounds, and never where none is due': async ({ store }) => {
    await startStation(store)
    for (const type of ['a', 'a', 'a', 'b', 'c']) await dispatchMany(store, 1, { type })
    const jobs = await claimJobs(store, stationId)
    await settle(store, ...jobs.map((job) => failedOf(job, { hook: job.type !== 'c' })))
    expect(await store.failedJobs.takeHooks([], 10, stationId)).toEqual([])
    expect(await store.failedJobs.takeHooks(['c', 'unknown'], 10, stationId)).toEqual([])
    expect(await store.failedJobs.takeHooks(['a', 'c'], 2, stationId)).toHaveLength(2)
    expect(await store.failedJobs.takeHooks(['a', 'c'], 2, stationId)).toHaveLength(1)
    expect(await store.failedJobs.takeHooks(['a', 'b', 'c'], 2, stationId)).toMatchObject([{ type: 'b' }])
  },

  'two takers at once take every hook once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    const ids = await dispatchMany(store, 90)
    await settle(store, ...(await claimJobs(store, stationId)).map((job) => failedOf(job, { hook: true })))
    const takes = Array.from({ length: 12 }, (_, index) =>
      (index % 2 === 0 ? store : second).failedJobs.takeHooks(['send'], 10, stationId),
    )
    const taken = (await Promise.all(takes)).flat().map(({ id }) => id)
    expect(new Set(taken).size).toBe(taken.length)
    const rest = (await store.failedJobs.takeHooks(['send'], 100, stationId)).map(({ id }) => id)
    expect([...taken, ...rest].toSorted((one, other) => one - other)).toEqual(ids)
  },

  'a job that was retried and failed once more has its hook due again; one that was retried has none': async ({
    store,
  }) => {
    await startStation(store)
    await dispatchMany(store, 1)
    const first = await claimJob(store)
    await settle(store, failedOf(first, { hook: true }))
    await store.jobs.retry(first.id)
    expect(await store.failedJobs.takeHooks(['send'], 10, stationId)).toEqual([])
    await settle(store, failedOf(await claimJob(store), { hook: true }))
    expect(await store.failedJobs.takeHooks(['send'], 10, stationId)).toMatchObject([{ id: first.id, attempt: 2 }])
  },
}

/** What {@link FailedJobStore} promises. */
export function failedJobsSuite(harness: StoreHarness): void {
  registerCases('failed jobs', harness, { ...bulk, ...hooks })
}
