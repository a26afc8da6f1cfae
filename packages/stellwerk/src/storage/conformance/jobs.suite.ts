import { expect } from 'vitest'
import type { JobState } from '../../domain/job/job-state.ts'
import type { ChangeResult } from '../job-store.ts'
import type { Store } from '../store.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, failedOf, retryingOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import {
  bringTo,
  claimJob,
  claimJobs,
  dispatchJob,
  dispatchJobs,
  findJob,
  only,
  reachableStates,
  settle,
  startStation,
  stateOf,
} from './store-steps.ts'

const stationId = 'station-a'
const waiting: readonly JobState[] = ['scheduled', 'pending', 'retrying']

/** A verb, the states in which it is allowed, and the state it leads to (null: the job is gone). */
interface Verb {
  readonly name: string
  readonly allowed: readonly JobState[]
  readonly leadsTo: (from: JobState) => JobState | null
  readonly apply: (store: Store, id: number) => Promise<ChangeResult>
}

const verbs: readonly Verb[] = [
  { name: 'cancel', allowed: waiting, leadsTo: () => 'cancelled', apply: (store, id) => store.jobs.cancel(id) },
  {
    name: 'forget',
    allowed: [...waiting, 'completed', 'failed', 'cancelled'],
    leadsTo: () => null,
    apply: (store, id) => store.jobs.forget(id),
  },
  {
    name: 'retry',
    allowed: ['completed', 'failed', 'cancelled'],
    leadsTo: () => 'pending',
    apply: (store, id) => store.jobs.retry(id),
  },
  {
    name: 'setPriority',
    allowed: waiting,
    leadsTo: (from) => from,
    apply: (store, id) => store.jobs.setPriority(id, 42),
  },
]

/** Every verb in every state: allowed ones lead where they must, all others are refused and change nothing. */
const matrix: StoreCases = Object.fromEntries(
  verbs.flatMap((verb) =>
    reachableStates.map((state) => {
      const allowed = verb.allowed.includes(state)
      return [
        `${verb.name} of a ${state} job is ${allowed ? 'done' : 'refused'}`,
        async ({ store }: { readonly store: Store }) => {
          await startStation(store)
          const neighbour = await bringTo(store, state)
          const id = await bringTo(store, state)
          const before = await findJob(store, id)
          const neighbourBefore = await findJob(store, neighbour)
          const result = await verb.apply(store, id)
          expect(await findJob(store, neighbour)).toEqual(neighbourBefore)
          if (allowed) {
            expect(result).toEqual({ changed: true })
            expect(await stateOf(store, id)).toBe(verb.leadsTo(state))
          } else {
            expect(result).toEqual({ changed: false, state, reason: 'state' })
            expect(await findJob(store, id)).toEqual(before)
          }
        },
      ] as const
    }),
  ),
)

const verbCases: StoreCases = {
  'every verb says of an absent job that it is absent': async ({ store }) => {
    for (const { apply } of verbs) {
      expect(await apply(store, 404)).toEqual({ changed: false, state: null, reason: 'absent' })
    }
    expect(await store.jobs.find(404)).toBeUndefined()
    expect(await store.jobs.attempts(404)).toEqual([])
    expect(await store.jobs.logs(404)).toEqual([])
  },

  'a new priority moves the job to another lane at its old position': async (opened) => {
    const { store } = opened
    await startStation(store)
    const [id, other] = await dispatchJobs(store, { weight: 2 }, { weight: 2 })
    const before = only(await store.claims.laneHeads())
    await opened.advance(500)
    await store.jobs.setPriority(Number(id), 100)
    const heads = await store.claims.laneHeads()
    expect(heads).toHaveLength(2)
    expect(heads.find(({ priority }) => priority === 100)).toMatchObject({
      queue: before.queue,
      position: before.position,
    })
    expect((await claimJobs(store, stationId)).map((job) => job.id)).toEqual([id, other])
  },

  'a cancelled job keeps what it was, and when it ended': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store, { options: '{"tries":1}', weight: 3, runId: 'run' })
    await settle(store, retryingOf(await claimJob(store)))
    await opened.advance(20)
    await store.jobs.cancel(id)
    expect(await findJob(store, id)).toMatchObject({
      state: 'cancelled',
      attempt: 1,
      failures: 1,
      claimSeq: 1,
      payload: '{"to":1}',
      options: '{"tries":1}',
      weight: 3,
      runId: 'run',
      finishedAt: await store.metrics.now(),
      result: null,
    })
    expect(await store.jobs.attempts(id)).toHaveLength(1)
  },

  'a retry gives a fresh budget and keeps the id, the claims and the history': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await dispatchJob(store, {
      weight: 2,
      priority: 7,
      options: '{"tries":2}',
      maxCrashes: 2,
      typeVersion: 4,
    })
    const before = await findJob(store, id)
    await settle(store, retryingOf(await claimJob(store), { delayMs: 0 }))
    await store.claims.promoteDue(1)
    await settle(store, failedOf(await claimJob(store)))
    expect(await findJob(store, id)).toMatchObject({ attempt: 2, triesBegun: 2 })
    await opened.advance(1_000)
    const now = await store.metrics.now()
    expect(await store.jobs.retry(id)).toEqual({ changed: true })
    const { createdAt, type, queue, priority, weight, payload, options, typeVersion } = before
    expect(await findJob(store, id)).toMatchObject({
      ...{ createdAt, type, queue, priority, weight, payload, options, typeVersion },
      state: 'pending',
      attempt: 2,
      triesBegun: 0,
      failures: 0,
      crashes: 0,
      claimSeq: 2,
      runAt: now,
      finishedAt: null,
      failureKind: null,
      errorClass: null,
      errorMessage: null,
      stationId: null,
    })
    expect(only(await store.claims.laneHeads()).position).toBe(now - 2_000)
    expect(await store.jobs.attempts(id)).toHaveLength(2)
    expect(await claimJob(store)).toMatchObject({ id, claimSeq: 3, attempt: 3, failures: 0, exceptions: 0 })
  },

  'a completed and a cancelled job run again from their kept payload': async ({ store }) => {
    await startStation(store)
    const done = await dispatchJob(store, { payload: '{"done":1}', weight: 1, options: '{"tries":8}', maxCrashes: 9 })
    await settle(store, completedOf(await claimJob(store)))
    const cancelled = await dispatchJob(store, { payload: '{"cancelled":1}', delayMs: 9_000 })
    await store.jobs.cancel(cancelled)
    for (const id of [done, cancelled]) expect(await store.jobs.retry(id)).toEqual({ changed: true })
    const claimed = await claimJobs(store, stationId)
    expect(claimed.map(({ id, payload, options, claimSeq }) => [id, payload, options, claimSeq])).toEqual([
      [done, '{"done":1}', '{"tries":8}', 2],
      [cancelled, '{"cancelled":1}', null, 1],
    ])
    await settle(store, ...claimed.map((job) => completedOf(job, { result: '2' })))
    expect(await findJob(store, done)).toMatchObject({ state: 'completed', result: '2', attempt: 2 })
  },

  'a job whose payload is gone is not retried, and is still found': async (opened) => {
    const { store } = opened
    await startStation(store)
    const id = await bringTo(store, 'completed')
    await opened.sql('DELETE FROM finished_payload')
    expect(await store.jobs.retry(id)).toEqual({ changed: false, state: 'completed', reason: 'payload_gone' })
    expect(await findJob(store, id)).toMatchObject({ state: 'completed', payload: null, result: null, options: null })
    expect(await store.jobs.forget(id)).toEqual({ changed: true })
  },

  'two retries at once put the job back once': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await startStation(store)
    for (const state of ['completed', 'failed', 'cancelled'] as const) {
      const id = await bringTo(store, state)
      const results = await Promise.all([store.jobs.retry(id), second.jobs.retry(id)])
      expect(results.filter(({ changed }) => changed)).toHaveLength(1)
      expect(await stateOf(store, id)).toBe('pending')
    }
  },

  'whatever is forgotten leaves no row behind': async (opened) => {
    const { store } = opened
    await startStation(store)
    for (const state of ['retrying', 'completed', 'failed', 'cancelled', 'pending'] as const) {
      await store.jobs.forget(await bringTo(store, state))
    }
    for (const table of [
      'job',
      'failed_job',
      'finished_job',
      'archived_job',
      'finished_payload',
      'every_job_attempt',
      'every_job_log',
    ]) {
      expect(await opened.sql(`SELECT count(*) AS count FROM ${table}`), table).toEqual([{ count: 0 }])
    }
    expect(await store.metrics.tallies()).toEqual([])
  },
}

/** What {@link JobStore} promises. */
export function jobsSuite(harness: StoreHarness): void {
  registerCases('jobs: each verb in each state', harness, matrix)
  registerCases('jobs: verbs', harness, verbCases)
}
