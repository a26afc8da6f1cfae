import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { LaneShare } from '../../../src/domain/queue/lane.ts'
import { minuteRow } from '../../../src/storage/conformance/minute-rows.ts'
import { newFailure, newJob } from '../../../src/storage/conformance/sample-records.ts'
import type { ChangeResult } from '../../../src/storage/job-store.ts'
import type { Outcome } from '../../../src/storage/outcome-store.ts'
import type { Store } from '../../../src/storage/store.ts'
import { compareJob } from './compare-store.ts'
import { chosen, commandOf, pick, stationOf } from './store-command.ts'
import type { ModelJob, StoreModel } from './store-model.ts'

const queue = fc.constantFrom('q', 'r')
const type = fc.constantFrom('a', 'b')
const priority = fc.constantFrom(0, 5)
const delayMs = fc.constantFrom(0, 0, 400, 3_000)

/** New jobs, told twice with one token. */
export const dispatch = commandOf(
  'dispatch',
  fc.array(
    fc.record({
      queue,
      type,
      priority,
      delayMs,
      weight: fc.nat({ max: 3 }),
      maxCrashes: fc.integer({ min: 1, max: 3 }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  (specs) => async (model, store) => {
    const group = { token: randomUUID(), jobs: specs.map((spec) => newJob(spec)) }
    const ids = await store.dispatch.insertJobs(group)
    expect(ids.every((id) => !model.jobs.has(id))).toBe(true)
    for (const [index, id] of ids.entries()) model.dispatch(id, newJob(specs[index]))
    expect(await store.dispatch.insertJobs(group)).toEqual(ids)
  },
)

/** A claim over the open lanes. */
export const claim = commandOf(
  'claim',
  fc.record({ station: pick, first: pick, each: fc.nat({ max: 6 }), limit: fc.integer({ min: 1, max: 10 }) }),
  ({ station, first, each, limit }) =>
    async (model, store) => {
      const stationId = stationOf(model, station)
      const shares = sharesOf(model, first, each)
      const claimed = await store.claims.claim({ stationId, shares, limit })
      const won = model.claim(stationId, shares, limit)
      expect(claimed.map(claimFacts)).toEqual(won.map(claimFacts))
    },
)

/** Every lane that has a pending job, from the `first` on, and one that may be empty. */
function sharesOf(model: StoreModel, first: number, limit: number): readonly LaneShare[] {
  const lanes = new Map<string, LaneShare>()
  lanes.set('q/a/0', { queue: 'q', type: 'a', priority: 0, inBatch: false, limit })
  for (const job of model.in('pending')) {
    const lane = { queue: job.queue, type: job.type, priority: job.priority, inBatch: false, limit }
    lanes.set(`${lane.queue}/${lane.type}/${lane.priority}`, lane)
  }
  const all = [...lanes.values()]
  const start = first % all.length
  return [...all.slice(start), ...all.slice(0, start)]
}

type ClaimFacts = Pick<
  ModelJob,
  'id' | 'claimSeq' | 'attempt' | 'failures' | 'exceptions' | 'crashes' | 'solo' | 'position' | 'runAt'
>

function claimFacts({
  id,
  claimSeq,
  attempt,
  failures,
  exceptions,
  crashes,
  solo,
  position,
  runAt,
}: ClaimFacts): ClaimFacts {
  return { id, claimSeq, attempt, failures, exceptions, crashes, solo, position, runAt }
}

const figures = { waitMs: 1, runMs: 2, cpuMs: 1, memoryBytes: 1, memoryPeakBytes: 1, tries: 3 }
const ending = fc.record({
  pick,
  kind: fc.constantFrom('completed', 'retrying', 'retrying', 'failed', 'failed', 'returned', 'snoozed'),
  held: fc.constantFrom(true, true, true, false),
  stale: fc.constantFrom(0, 0, 0, -1, 1),
  threw: fc.boolean(),
  hook: fc.boolean(),
  delayMs,
})
type Ending = typeof ending extends fc.Arbitrary<infer E> ? E : never

function outcomeOf(model: StoreModel, { kind, threw, hook, delayMs: delay, ...choice }: Ending): Outcome | undefined {
  const job = chosen(choice.held ? model.in('processing') : [...model.jobs.values()], choice.pick)
  if (job === undefined) return undefined
  const fence = { id: job.id, claimSeq: job.claimSeq + choice.stale }
  const run = { ...figures, startedAt: model.now }
  if (kind === 'completed') return { kind, ...fence, ...run, queue: job.queue, type: job.type, result: null }
  if (kind === 'retrying') return { kind, ...fence, ...run, threw, delayMs: delay, failure: newFailure() }
  if (kind === 'failed') return { kind, ...fence, ...run, threw, hook, failure: newFailure({ kind: 'timeout' }) }
  return kind === 'returned' ? { kind, ...fence } : { kind: 'snoozed', ...fence, delayMs: delay }
}

/** Ends of claims, some of them stale. */
export const settle = commandOf(
  'settle',
  fc.array(ending, { minLength: 1, maxLength: 5 }),
  (endings) => async (model, store) => {
    const byJob = new Map<number, Outcome>()
    for (const each of endings) {
      const outcome = outcomeOf(model, each)
      if (outcome !== undefined) byJob.set(outcome.id, outcome)
    }
    const outcomes = [...byJob.values()]
    const before = model.endedRuns
    const refused = outcomes.filter((outcome) => !model.settle(outcome))
    const result = await store.outcomes.settle({
      stationId: 'nobody',
      outcomes,
      logs: [],
      metrics: (won) => (won.length === 0 ? [] : [minuteRow({ count: before + won.length })]),
    })
    expect(result.at).toBe(model.now)
    expect(new Set(result.refused)).toEqual(new Set(refused))
    for (const { id } of outcomes) await compareJob(store, model, id)
  },
)

const verbs = {
  cancel: (model: StoreModel, store: Store, id: number) => [model.cancel(id), store.jobs.cancel(id)] as const,
  forget: (model: StoreModel, store: Store, id: number) => [model.forget(id), store.jobs.forget(id)] as const,
  retry: (model: StoreModel, store: Store, id: number) => [model.retry(id), store.jobs.retry(id)] as const,
  prioritise: (model: StoreModel, store: Store, id: number) =>
    [model.setPriority(id, 5), store.jobs.setPriority(id, 5)] as const,
} satisfies Record<
  string,
  (model: StoreModel, store: Store, id: number) => readonly [ChangeResult, Promise<ChangeResult>]
>

/** What an operator orders about one job. */
export const verb = commandOf(
  'verb',
  fc.tuple(
    fc.constantFrom('cancel' as const, 'retry' as const, 'retry' as const, 'prioritise' as const, 'forget' as const),
    pick,
  ),
  ([name, index]) =>
    async (model, store) => {
      const job = chosen([...model.jobs.values()], index)
      const id = index % 20 === 7 || job === undefined ? 999_999_999 : job.id
      const [expected, changing] = verbs[name](model, store, id)
      expect(await changing).toEqual(expected)
      await compareJob(store, model, id)
    },
)

/** Time passes. */
export const advance = commandOf(
  'advance',
  fc.constantFrom(1, 100, 1_000, 1_500, 5_000),
  (ms) =>
    async (model, _store, { opened }) => {
      await opened.advance(ms)
      model.now += ms
    },
)

/** What is due becomes pending. */
export const promote = commandOf('promote', fc.integer({ min: 1, max: 10 }), (limit) => async (model, store) => {
  const due = model.due()
  const { promoted, nextDueInMs } = await store.claims.promoteDue(limit)
  expect(promoted).toBe(Math.min(limit, due.length))
  // Which of the due ones go first is left to the driver.
  for (const job of due) if ((await store.jobs.find(job.id))?.state === 'pending') job.state = 'pending'
  expect(nextDueInMs).toBe(model.nextDueInMs())
})
