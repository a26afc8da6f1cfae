import type { ArrivedJob } from '../engine/executor.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import { type Column, columnOf, readerOf } from './column.ts'

/** Claimed jobs by column, `id` always one by one. `laterMs`: how much later than the first of their message each arrived at the station. */
export type PackedJobs = { readonly [Field in Exclude<keyof ClaimedJob, 'id'>]: Column<ClaimedJob[Field]> } & {
  readonly id: readonly number[]
  readonly laterMs: Column<number>
}

/** Jobs that arrived at the station together. */
export interface UnpackedJobs {
  readonly jobs: readonly ClaimedJob[]
  readonly laterMs: number
}

/** Names once, and what the jobs share once. */
export function packJobs(arrived: readonly ArrivedJob[], firstMs: number): PackedJobs {
  const jobs = arrived.map(({ job }) => job)
  return {
    id: jobs.map(({ id }) => id),
    laterMs: columnOf(arrived, ({ receivedMs }) => receivedMs - firstMs),
    type: columnOf(jobs, ({ type }) => type),
    typeVersion: columnOf(jobs, ({ typeVersion }) => typeVersion),
    queue: columnOf(jobs, ({ queue }) => queue),
    priority: columnOf(jobs, ({ priority }) => priority),
    inBatch: columnOf(jobs, ({ inBatch }) => inBatch),
    payload: columnOf(jobs, ({ payload }) => payload),
    options: columnOf(jobs, ({ options }) => options),
    attempt: columnOf(jobs, ({ attempt }) => attempt),
    tries: columnOf(jobs, ({ tries }) => tries),
    failures: columnOf(jobs, ({ failures }) => failures),
    exceptions: columnOf(jobs, ({ exceptions }) => exceptions),
    crashes: columnOf(jobs, ({ crashes }) => crashes),
    claimSeq: columnOf(jobs, ({ claimSeq }) => claimSeq),
    solo: columnOf(jobs, ({ solo }) => solo),
    createdAt: columnOf(jobs, ({ createdAt }) => createdAt),
    runAt: columnOf(jobs, ({ runAt }) => runAt),
    claimedAt: columnOf(jobs, ({ claimedAt }) => claimedAt),
    position: columnOf(jobs, ({ position }) => position),
    parentId: columnOf(jobs, ({ parentId }) => parentId),
    runId: columnOf(jobs, ({ runId }) => runId),
    batchId: columnOf(jobs, ({ batchId }) => batchId),
  }
}

/** The jobs in their order. */
export function unpackJobs(packed: PackedJobs): readonly UnpackedJobs[] {
  const laterMs = readerOf(packed.laterMs)
  const jobs = jobsOf(packed)
  const batches: { readonly laterMs: number; readonly jobs: ClaimedJob[] }[] = []
  for (const [at, job] of jobs.entries()) {
    const last = batches.at(-1)
    if (last?.laterMs === laterMs(at)) last.jobs.push(job)
    else batches.push({ laterMs: laterMs(at), jobs: [job] })
  }
  return batches
}

function jobsOf(packed: PackedJobs): readonly ClaimedJob[] {
  const type = readerOf(packed.type)
  const typeVersion = readerOf(packed.typeVersion)
  const queue = readerOf(packed.queue)
  const priority = readerOf(packed.priority)
  const inBatch = readerOf(packed.inBatch)
  const payload = readerOf(packed.payload)
  const options = readerOf(packed.options)
  const attempt = readerOf(packed.attempt)
  const tries = readerOf(packed.tries)
  const failures = readerOf(packed.failures)
  const exceptions = readerOf(packed.exceptions)
  const crashes = readerOf(packed.crashes)
  const claimSeq = readerOf(packed.claimSeq)
  const solo = readerOf(packed.solo)
  const createdAt = readerOf(packed.createdAt)
  const runAt = readerOf(packed.runAt)
  const claimedAt = readerOf(packed.claimedAt)
  const position = readerOf(packed.position)
  const parentId = readerOf(packed.parentId)
  const runId = readerOf(packed.runId)
  const batchId = readerOf(packed.batchId)
  return packed.id.map((id, at) => ({
    id,
    type: type(at),
    typeVersion: typeVersion(at),
    queue: queue(at),
    priority: priority(at),
    inBatch: inBatch(at),
    payload: payload(at),
    options: options(at),
    attempt: attempt(at),
    tries: tries(at),
    failures: failures(at),
    exceptions: exceptions(at),
    crashes: crashes(at),
    claimSeq: claimSeq(at),
    solo: solo(at),
    createdAt: createdAt(at),
    runAt: runAt(at),
    claimedAt: claimedAt(at),
    position: position(at),
    parentId: parentId(at),
    runId: runId(at),
    batchId: batchId(at),
  }))
}
