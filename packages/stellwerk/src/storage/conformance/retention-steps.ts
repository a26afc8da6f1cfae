import { expect } from 'vitest'
import type { Expiry } from '../retention-store.ts'
import type { Store } from '../store.ts'
import { completedOf, retryingOf } from './sample-records.ts'
import type { OpenedStore } from './store-harness.ts'
import { claimJob, dispatchJob, settle } from './store-steps.ts'

/** Prunes one kind to its end and returns how many rows went, which must be as many as were foretold. */
export async function pruneAll(
  store: Store,
  { limit = 1_000, ...expiry }: Expiry & { readonly limit?: number },
): Promise<number> {
  const foretold = await store.retention.expired(expiry)
  let removed = 0
  for (let isDone = false; !isDone; ) {
    const step = await store.retention.prune(expiry, limit)
    removed += step.removed
    isDone = step.isDone
  }
  expect(removed, `foretold of ${expiry.kind}`).toBe(foretold)
  return removed
}

/** A completed job with a failed first attempt and lines. */
export async function completeWithTraces(store: Store): Promise<number> {
  const id = await dispatchJob(store)
  await settle(store, retryingOf(await claimJob(store), { delayMs: 0 }))
  await store.claims.promoteDue(10)
  const job = await claimJob(store)
  const logs = [{ jobId: id, claimSeq: job.claimSeq, attempt: 2, chunk: 0, lines: '{"m":"hello"}', dropBelowChunk: 0 }]
  await store.outcomes.settle({ stationId: 'station-a', outcomes: [completedOf(job)], logs, metrics: () => [] })
  return id
}

/** Rows of a table. */
export async function countOf(opened: OpenedStore, table: string): Promise<number> {
  const [row] = await opened.sql(`SELECT count(*) AS n FROM ${table}`)
  return Number(row?.['n'])
}
