import { expect } from 'vitest'
import { DDSketch } from '../../domain/metrics/ddsketch.ts'
import { DAY_MS, HOUR_MS, tierStart } from '../../domain/metrics/metric-tier.ts'
import type { ClaimedJob } from '../claim-store.ts'
import type { Store } from '../store.ts'
import { minuteRow } from './minute-rows.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completeWithTraces, countOf, pruneAll } from './retention-steps.ts'
import { completedOf, failedOf, retryingOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  bringTo,
  bringToFailed,
  claimJob,
  dispatchJob,
  findJob,
  only,
  settle,
  share,
  startStation,
  stateOf,
} from './store-steps.ts'

const stationId = 'station-a'
const longLease = { leaseMs: 400 * DAY_MS }

/** A job of this type whose first attempt has written a line and failed. */
async function retryWithLines(store: Store, type: string): Promise<number> {
  const id = await dispatchJob(store, { type })
  const logs = [{ jobId: id, claimSeq: 1, attempt: 1, chunk: 0, lines: '{"m":"first"}', dropBelowChunk: 0 }]
  const outcomes = [retryingOf(await claimOf(store, type), { delayMs: 0 })]
  await store.outcomes.settle({ stationId, outcomes, logs, metrics: () => [] })
  return id
}

/** Two attempts with a line each, and no third. */
async function failWithTraces(store: Store, type: string): Promise<number> {
  const id = await retryWithLines(store, type)
  await store.claims.promoteDue(10)
  const logs = [{ jobId: id, claimSeq: 2, attempt: 2, chunk: 0, lines: '{"m":"last"}', dropBelowChunk: 0 }]
  await store.outcomes.settle({ stationId, outcomes: [failedOf(await claimOf(store, type))], logs, metrics: () => [] })
  return id
}

async function claimOf(store: Store, type: string): Promise<ClaimedJob> {
  return only(await store.claims.claim({ stationId, shares: [share({ type })], limit: 1 }))
}

/** Ends the second attempt of a job of {@link retryWithLines}. */
async function completeRetried(store: Store, type: string): Promise<void> {
  await store.claims.promoteDue(10)
  await settle(store, completedOf(await claimOf(store, type)))
}

const jobs: StoreCases = {
  'payload, result and lines go first; the slim row and its attempts stay, and a retry is told why it cannot be':
    async (opened) => {
      const { store } = opened
      await startStation(store, longLease)
      const id = await completeWithTraces(store)
      const cancelled = await bringTo(store, 'cancelled')
      expect(await pruneAll(store, { kind: 'payloads', olderThanMs: DAY_MS })).toBe(0)
      await opened.advance(3 * DAY_MS)
      const young = await completeWithTraces(store)
      expect(await pruneAll(store, { kind: 'payloads', olderThanMs: DAY_MS })).toBe(2)
      expect(await findJob(store, id)).toMatchObject({ state: 'completed', payload: null, result: null })
      expect(await store.jobs.attempts(id)).toHaveLength(1)
      expect(await store.jobs.logs(id)).toEqual([])
      for (const gone of [id, cancelled])
        expect(await store.jobs.retry(gone)).toMatchObject({ changed: false, reason: 'payload_gone' })
      expect(await store.jobs.logs(young)).toHaveLength(1)
      expect(await store.jobs.retry(young)).toEqual({ changed: true })
      expect(await pruneAll(store, { kind: 'payloads', olderThanMs: DAY_MS })).toBe(0)
    },

  'slim rows go with all that is left of them, and the counters with them': async (opened) => {
    const { store } = opened
    await startStation(store, longLease)
    for (let job = 0; job < 3; job += 1) await completeWithTraces(store)
    await bringTo(store, 'cancelled')
    const failed = await bringToFailed(store)
    const waiting = await dispatchJob(store, { delayMs: 100 * DAY_MS })
    await opened.advance(5 * DAY_MS)
    const young = await completeWithTraces(store)
    await opened.advance(28 * DAY_MS)
    expect(await pruneAll(store, { kind: 'finished', olderThanMs: 30 * DAY_MS, limit: 2 })).toBe(4)
    expect(await stateOf(store, young)).toBe('completed')
    expect([await stateOf(store, failed), await stateOf(store, waiting)]).toEqual(['failed', 'scheduled'])
    expect([await countOf(opened, 'every_job_attempt'), await countOf(opened, 'every_job_log')]).toEqual([2, 1])
    const completed = (await store.metrics.tallies()).filter(
      ({ state }) => state === 'completed' || state === 'cancelled',
    )
    expect(completed).toEqual([{ queue: 'mail', type: 'send', state: 'completed', count: 1 }])
  },

  'failed jobs go only when they are told to, whole': async (opened) => {
    const { store } = opened
    await startStation(store, longLease)
    await bringToFailed(store)
    await bringToFailed(store)
    await opened.advance(2 * DAY_MS)
    const young = await bringToFailed(store)
    expect(await pruneAll(store, { kind: 'failed', olderThanMs: DAY_MS, limit: 1 })).toBe(2)
    expect(await stateOf(store, young)).toBe('failed')
    expect(await countOf(opened, 'every_job_attempt')).toBe(1)
  },

  'lines and attempts stay as long as their job does, whenever they were written': async (opened) => {
    const { store } = opened
    await startStation(store, longLease)
    const [ended, waiting, failed, late] = [
      await completeWithTraces(store),
      await retryWithLines(store, 'waiting'),
      await failWithTraces(store, 'failed'),
      await retryWithLines(store, 'late'),
    ]
    const kept = async (...ids: readonly number[]): Promise<readonly (readonly [number, number])[]> =>
      await Promise.all(
        ids.map(async (id) => [(await store.jobs.logs(id)).length, (await store.jobs.attempts(id)).length] as const),
      )
    await opened.advance(2 * DAY_MS)
    await completeRetried(store, 'late')
    await opened.advance(1.5 * DAY_MS)
    expect(await pruneAll(store, { kind: 'payloads', olderThanMs: 2 * DAY_MS })).toBe(1)
    expect(await kept(ended, waiting, failed, late)).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
      [1, 1],
    ])
    await opened.advance(40 * DAY_MS)
    expect(await pruneAll(store, { kind: 'finished', olderThanMs: 30 * DAY_MS })).toBe(2)
    expect(await kept(ended, waiting, failed, late)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 0],
    ])
    await completeRetried(store, 'waiting')
    await opened.advance(40 * DAY_MS)
    expect(await pruneAll(store, { kind: 'finished', olderThanMs: 30 * DAY_MS })).toBe(1)
    await store.jobs.forget(failed)
    expect([await countOf(opened, 'every_job_attempt'), await countOf(opened, 'every_job_log')]).toEqual([0, 0])
  },

  'several may prune at once, beside retries: each row goes once and no job is lost': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store, longLease)
    const ids: number[] = []
    for (let job = 0; job < 12; job += 1) ids.push(await completeWithTraces(store))
    await opened.advance(40 * DAY_MS)
    const prune = async (by: Store): Promise<number> => {
      let removed = 0
      for (let step = 0; step < 20; step += 1)
        removed += (await by.retention.prune({ kind: 'finished', olderThanMs: 30 * DAY_MS }, 3)).removed
      return removed
    }
    const retryAll = async (): Promise<number> => {
      let retried = 0
      for (const id of ids) retried += (await store.jobs.retry(id)).changed ? 1 : 0
      return retried
    }
    const [one, other, retried] = await Promise.all([prune(store), prune(second), retryAll()])
    const rest = await pruneAll(store, { kind: 'finished', olderThanMs: 30 * DAY_MS })
    expect(one + other + rest + retried).toBe(12)
    expect(await countOf(opened, 'job')).toBe(retried)
  },
}

const figures: StoreCases = {
  'a tier goes by whole spans of the next one, and only what was rolled': async (opened) => {
    const { store } = opened
    await startStation(store, longLease)
    const now = await store.metrics.now()
    await opened.advance(tierStart('day', now) + DAY_MS + 12.5 * HOUR_MS - now)
    const noon = tierStart('hour', await store.metrics.now())
    const sketch = new DDSketch().encode()
    const rows = [noon, noon + 20 * 60_000].map((minute) =>
      minuteRow({ minute, waitSketch: sketch, runSketch: sketch }),
    )
    await dispatchJob(store)
    const outcomes = [completedOf(await claimJob(store))]
    await store.outcomes.settle({ stationId, outcomes, logs: [], metrics: () => rows })
    await opened.advance(2 * DAY_MS)
    expect(await pruneAll(store, { kind: 'minutes', olderThanMs: DAY_MS })).toBe(0)
    await store.rollup.rollMinutes(100)
    expect(await pruneAll(store, { kind: 'hours', olderThanMs: DAY_MS })).toBe(0)
    await store.rollup.rollHours(100)
    expect(await pruneAll(store, { kind: 'minutes', olderThanMs: 2 * DAY_MS })).toBe(0)
    expect(await pruneAll(store, { kind: 'minutes', olderThanMs: DAY_MS, limit: 1 })).toBe(2)
    expect(await store.rollup.recount(0)).toEqual([])
    expect(await pruneAll(store, { kind: 'hours', olderThanMs: DAY_MS })).toBe(1)
    expect(await store.rollup.recount(0)).toEqual([])
    const [day] = await store.rollup.tier({ tier: 'day', from: 0, to: Number.MAX_SAFE_INTEGER })
    expect(day).toMatchObject({ minute: tierStart('day', noon), count: 2 })
    expect(await pruneAll(store, { kind: 'days', olderThanMs: DAY_MS })).toBe(1)
  },

  'free pages are given back bit by bit, and an empty store has none': async (opened) => {
    const { store } = opened
    expect(await store.retention.compact(10)).toBe(0)
    await startStation(store, longLease)
    const payload = JSON.stringify('x'.repeat(100_000))
    for (let job = 0; job < 3; job += 1) await store.jobs.cancel(await dispatchJob(store, { payload }))
    await opened.advance(40 * DAY_MS)
    await pruneAll(store, { kind: 'finished', olderThanMs: 30 * DAY_MS })
    if (store.kind === 'postgres') return
    expect(await store.retention.compact(10)).toBe(10)
    expect(await store.retention.compact(10_000)).toBeGreaterThan(30)
    expect(await store.retention.compact(10)).toBe(0)
  },
}

/** What {@link RetentionStore} promises. */
export function retentionSuite(harness: StoreHarness): void {
  registerCases('retention', harness, { ...jobs, ...figures })
}
