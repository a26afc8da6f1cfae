import { keepable, type Retention, type RetentionKind, retentionKinds } from '../domain/retention/retention.ts'
import { sleep } from '../std/sleep.ts'
import type { RetentionStore } from '../storage/retention-store.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Rows of each kind that were removed, or that would be. */
export type PruneReport = Readonly<Record<RetentionKind, number>>

/** How a pass goes. */
export interface PruneOptions {
  readonly retention: Retention
  /** Ends it between two steps. */
  readonly signal?: AbortSignal
  /** Asked before each step; false ends the pass, since the work itself comes first. */
  readonly mayGoOn?: () => boolean
}

/** Rows per step: a few milliseconds of a lock. */
const limit = 1_000
/** After a step of so many ms the pruner rests twice as long, so that it holds the store for a third of the time at most. */
const restRatio = 2

/** One pass over every kind, in small steps with rests between them; says what went. Safe beside stations and other passes. */
export async function pruneHistory(
  { store }: { readonly store: { readonly retention: RetentionStore } },
  { retention, signal = new AbortController().signal, mayGoOn = () => true }: PruneOptions,
): Promise<PruneReport> {
  const removed = noRows()
  for (const kind of retentionKinds) {
    const olderThanMs = keepable(retention)[kind]
    if (olderThanMs === null) continue
    for (let isDone = false; !isDone && !signal.aborted && mayGoOn(); ) {
      const startedMs = performance.now()
      const step = await store.retention.prune({ kind, olderThanMs }, limit)
      removed[kind] += step.removed
      isDone = step.isDone
      if (!isDone) await sleep(restRatio * (performance.now() - startedMs), signal)
    }
  }
  return removed
}

/** What a pass would remove now; changes nothing. A scan. */
export async function countExpired({ store }: OperationDeps, retention: Retention): Promise<PruneReport> {
  const expired = noRows()
  for (const kind of retentionKinds) {
    const olderThanMs = keepable(retention)[kind]
    if (olderThanMs !== null) expired[kind] = await store.retention.expired({ kind, olderThanMs })
  }
  return expired
}

function noRows(): Record<RetentionKind, number> {
  return { payloads: 0, finished: 0, failed: 0, minutes: 0, hours: 0, days: 0 }
}
