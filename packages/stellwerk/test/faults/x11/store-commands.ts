import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { LaneShare } from '../../../src/domain/queue/lane.ts'
import { inOrder } from '../../../src/storage/conformance/invariants.ts'
import { minuteRow } from '../../../src/storage/conformance/minute-rows.ts'
import { newFailure, newJob, newStation } from '../../../src/storage/conformance/sample-records.ts'
import type { OpenedStore } from '../../../src/storage/conformance/store-harness.ts'
import type { ChangeResult } from '../../../src/storage/job-store.ts'
import type { Outcome } from '../../../src/storage/outcome-store.ts'
import type { Store } from '../../../src/storage/store.ts'
import { compareJob } from './compare-store.ts'
import type { ModelJob, StoreModel } from './store-model.ts'

/** The store under test, seen from two processes. */
export interface RealStore {
  readonly opened: OpenedStore
  readonly stores: readonly [Store, Store]
}

type Step = (model: StoreModel, store: Store, real: RealStore) => Promise<void>

/** A command that may always run, on one of the two stores; afterwards the counters must agree. */
class StoreCommand implements fc.AsyncCommand<StoreModel, RealStore> {
  readonly #name: string
  readonly #by: 0 | 1
  readonly #step: Step

  constructor(name: string, by: 0 | 1, step: Step) {
    this.#name = name
    this.#by = by
    this.#step = step
  }

  check(): boolean {
    return true
  }

  async run(model: StoreModel, real: RealStore): Promise<void> {
    await this.#step(model, real.stores[this.#by], real)
    expect(inOrder(await real.opened.store.metrics.tallies())).toEqual(inOrder(model.tallies()))
  }

  toString(): string {
    return `${this.#name}#${this.#by}`
  }
}

/** Commands named `name` whose step is made from a value of `values`. */
function commandOf<T>(name: string, values: fc.Arbitrary<T>, step: (value: T) => Step): fc.Arbitrary<StoreCommand> {
  return fc
    .tuple(values, fc.constantFrom(0 as const, 1 as const))
    .map(([value, by]) => new StoreCommand(`${name}(${fc.stringify(value)})`, by, step(value)))
}

const queue = fc.constantFrom('q', 'r')
const type = fc.constantFrom('a', 'b')
const priority = fc.constantFrom(0, 5)
const delayMs = fc.constantFrom(0, 0, 400, 3_000)
const pick = fc.nat({ max: 1_000 })
const leaseMs = 8_000

function chosen<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(items.length, 1)]
}

const dispatch = commandOf(
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

const claim = commandOf(
  'claim',
  fc.record({ station: pick, first: pick, each: fc.integer({ min: 0, max: 6 }), limit: fc.nat({ max: 10 }) }),
  ({ station, first, each, limit }) =>
    async (model, store) => {
      const stationId = stationOf(model, station)
      const shares = sharesOf(model, first, each)
      const claimed = await store.claims.claim({ stationId, shares, limit })
      const won = model.claim(stationId, shares, limit)
      expect(claimed.map(claimFacts)).toEqual(won.map(claimFacts))
    },
)

/** A station by chance: most often one that lives, now and then one that is dead or was never there. */
function stationOf(model: StoreModel, index: number): string {
  const alive = [...model.stations].filter(([, { state }]) => state === 'alive').map(([id]) => id)
  const any = [...model.stations.keys(), 'nobody']
  return chosen(index % 10 === 9 || alive.length === 0 ? any : alive, index) ?? 'nobody'
}

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
  if (kind === 'completed') return { kind, ...fence, ...run, result: null }
  if (kind === 'retrying') return { kind, ...fence, ...run, threw, delayMs: delay, failure: newFailure() }
  if (kind === 'failed') return { kind, ...fence, ...run, threw, hook, failure: newFailure({ kind: 'timeout' }) }
  return kind === 'returned' ? { kind, ...fence } : { kind: 'snoozed', ...fence, delayMs: delay }
}

const settle = commandOf(
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

const verb = commandOf(
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

const advance = commandOf(
  'advance',
  fc.constantFrom(1, 100, 1_000, 1_500, 5_000),
  (ms) =>
    async (model, _store, { opened }) => {
      await opened.advance(ms)
      model.now += ms
    },
)

const promote = commandOf('promote', fc.integer({ min: 1, max: 10 }), (limit) => async (model, store) => {
  const due = model.due()
  const { promoted, nextDueInMs } = await store.claims.promoteDue(limit)
  expect(promoted).toBe(Math.min(limit, due.length))
  // Which of the due ones go first is left to the driver.
  for (const job of due) if ((await store.jobs.find(job.id))?.state === 'pending') job.state = 'pending'
  expect(nextDueInMs).toBe(model.nextDueInMs())
})

const register = commandOf('register', fc.constant(0), () => async (model, store) => {
  const id = `station-${model.stationsMade}`
  await store.stations.register(newStation({ id, leaseMs }))
  model.register(id, leaseMs)
})

const renew = commandOf('renew', pick, (index) => async (model, store) => {
  const id = stationOf(model, index)
  expect(await store.stations.renew(id, leaseMs)).toBe(model.renew(id, leaseMs))
})

const lapse = commandOf('lapsed', fc.constant(0), () => async (model, store) => {
  const lapsed = (await store.stations.lapsed(0)).map(({ id }) => id)
  expect(lapsed.toSorted()).toEqual(model.lapsed().toSorted())
})

const rescue = commandOf(
  'rescue',
  fc.record({
    station: pick,
    running: fc.integer({ min: 0, max: 3 }),
    stale: fc.integer({ min: 0, max: 4 }),
    late: fc.integer({ min: 0, max: 4 }),
  }),
  ({ station, running, stale, late }) =>
    async (model, store, { opened }) => {
      const id = stationOf(model, station)
      if (late > 0) {
        await opened.advance(leaseMs + 1)
        model.now += leaseMs + 1
      }
      const held = model.heldBy(id)
      const evidence = held.slice(0, running).map((job) => ({ id: job.id, claimSeq: job.claimSeq }))
      if (stale === 0) evidence.push({ id: 999_999_999, claimSeq: 1 })
      expect(await store.stations.rescue(id, { running: evidence })).toEqual(model.rescue(id, evidence))
      for (const job of held) await compareJob(store, model, job.id)
    },
)

const releaseOthers = commandOf(
  'releaseOthers',
  fc.record({ station: pick, kept: fc.nat({ max: 4 }) }),
  ({ station, kept }) =>
    async (model, store) => {
      const id = stationOf(model, station)
      const held = model.heldBy(id).map((job) => job.id)
      const keep = held.slice(0, kept)
      expect(await store.claims.releaseOthers(id, keep)).toBe(held.length - keep.length)
      model.releaseOthers(id, keep)
      for (const each of held) await compareJob(store, model, each)
    },
)

const retire = commandOf('retire', pick, (index) => async (model, store) => {
  const id = stationOf(model, index)
  await store.stations.retire(id)
  model.retire(id)
})

const pruneStations = commandOf('prune', fc.constant(0), () => async (model, store, { opened }) => {
  await opened.advance(1)
  model.now += 1
  const dead = [...model.stations].filter(([, { state }]) => state === 'dead')
  expect(await store.stations.prune(0)).toBe(dead.length)
  for (const [id] of dead) model.stations.delete(id)
})

const selection = fc.record({ queue, type }, { requiredKeys: [] })
const bulk = commandOf(
  'bulk',
  fc.record({ selection, limit: fc.integer({ min: 1, max: 4 }), forget: fc.boolean() }),
  (order) => async (model, store) => {
    const { failedJobs } = store
    const meant = model.failed(order.selection)
    expect(await failedJobs.count(order.selection)).toBe(meant.length)
    const step = { afterId: 0, limit: order.limit }
    const progress = await (order.forget
      ? failedJobs.forgetNext(order.selection, step)
      : failedJobs.retryNext(order.selection, step))
    const touched = meant.slice(0, order.limit)
    expect(progress.changed).toBe(touched.length)
    for (const { id } of touched) {
      if (order.forget) model.forget(id)
      else model.retry(id)
      await compareJob(store, model, id)
    }
  },
)

const hooks = commandOf('hooks', type, (name) => async (model, store) => {
  const due = model.in('failed').filter((job) => job.hookDue && job.type === name)
  const taken = await store.failedJobs.takeHooks([name], 1_000)
  expect(taken.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual(
    due.map(({ id }) => id).toSorted((one, other) => one - other),
  )
  for (const job of due) job.hookDue = false
})

const fold = commandOf('fold', fc.constant(0), () => async (_model, store) => {
  await store.metrics.foldTallies()
})

/** Every command of fault X11, with how often it comes up. */
const weights: readonly (readonly [number, fc.Arbitrary<StoreCommand>])[] = [
  ...([
    [3, dispatch],
    [6, claim],
    [8, settle],
    [4, verb],
    [3, advance],
    [3, promote],
    [2, register],
  ] as const),
  ...([
    [1, renew],
    [3, rescue],
    [1, retire],
    [1, releaseOthers],
    [1, lapse],
    [2, bulk],
    [1, hooks],
    [1, pruneStations],
    [1, fold],
  ] as const),
]

/** The commands of fault X11; those that carry the work come up more often. */
export const storeCommands: fc.Arbitrary<StoreCommand>[] = weights.flatMap(([times, command]) =>
  Array.from({ length: times }, () => command),
)
