import { expect } from 'vitest'
import type { JobSummary } from '../../../src/domain/job/job-record.ts'
import { assertInvariants, inOrder } from '../../../src/storage/conformance/invariants.ts'
import type { OpenedStore } from '../../../src/storage/conformance/store-harness.ts'
import type { Store } from '../../../src/storage/store.ts'
import type { ModelJob, StoreModel } from './store-model.ts'

/** What every list shows of a job and the model knows. */
function summaryOf(job: ModelJob): Partial<JobSummary> {
  const { id, type, queue, state, priority, attempt, failures, crashes, createdAt, runAt, finishedAt, failureKind } =
    job
  const summary = {
    id,
    type,
    queue,
    state,
    priority,
    attempt,
    failures,
    crashes,
    createdAt,
    runAt,
    finishedAt,
    failureKind,
  }
  return job.state === 'processing' ? { ...summary, stationId: job.stationId } : summary
}

/** The store shows this job as the model has it, attempts too; absent where the model has none. */
export async function compareJob(store: Store, model: StoreModel, id: number): Promise<void> {
  const job = model.jobs.get(id)
  const found = await store.jobs.find(id)
  if (job === undefined) {
    expect(found).toBeUndefined()
    return
  }
  const { claimSeq, weight } = job
  // A finished row no longer holds whether it was a suspect; the live ones must.
  const solo = job.finishedAt === null ? { solo: job.solo } : {}
  expect(found).toMatchObject({ ...summaryOf(job), claimSeq, weight, ...solo })
  const attempts = await store.jobs.attempts(id)
  expect(attempts.map((each) => ({ claimSeq: each.claimSeq, attempt: each.attempt, kind: each.kind }))).toEqual(
    job.attempts,
  )
}

/** Everything there is: counters, lane heads, lists by pages, each job, and the invariants. */
export async function compareStore(opened: OpenedStore, model: StoreModel): Promise<void> {
  const { store } = opened
  expect(inOrder(await store.metrics.tallies())).toEqual(inOrder(model.tallies()))
  await compareHeads(store, model)
  const listed: JobSummary[] = []
  for (let beforeId: number | null = Number.MAX_SAFE_INTEGER; beforeId !== null; ) {
    const page: { readonly jobs: readonly JobSummary[]; readonly nextBeforeId: number | null } = await store.jobs.list({
      limit: 10,
      beforeId,
    })
    listed.push(...page.jobs)
    beforeId = page.nextBeforeId
  }
  const expected = [...model.jobs.values()].toSorted((one, other) => other.id - one.id).map(summaryOf)
  expect(listed).toMatchObject(expected)
  for (const id of model.jobs.keys()) await compareJob(store, model, id)
  await assertInvariants(opened, { endedRuns: model.endedRuns })
}

async function compareHeads(store: Store, model: StoreModel): Promise<void> {
  const heads = await store.claims.laneHeads()
  const expected = new Set(
    model.in('pending').map(({ queue, type, priority }) => {
      const position = model.lane({ queue, type, priority })[0]?.position
      return JSON.stringify([queue, type, priority, position])
    }),
  )
  const shown = heads.map(({ queue, type, priority, position }) => JSON.stringify([queue, type, priority, position]))
  expect(shown.toSorted()).toEqual([...expected].toSorted())
}
