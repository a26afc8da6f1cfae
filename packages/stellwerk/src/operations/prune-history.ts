import { keepable, type Retention, type RetentionKind, retentionKinds } from '../domain/retention/retention.ts'
import { sleep } from '../std/sleep.ts'
import type { Store } from '../storage/store.ts'
import { audited } from './audited.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'

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

/** What pruning needs of {@link OperationDeps}. */
export interface PruneDeps extends Pick<OperationDeps, 'actor' | 'log'> {
  readonly store: Pick<Store, 'retention' | 'audit'>
}

/** One pass over every kind, in small steps with rests between them; says what went. Safe beside stations and other passes. @throws PERMISSION_DENIED */
export function pruneHistory(deps: PruneDeps, options: PruneOptions): Promise<PruneReport> {
  return audited(deps, { action: 'history:prune', target: 'history', filter: options.retention }, async (note) => {
    requirePermission(deps, 'job:delete')
    requireEveryQueue(deps)
    const removed = noRows()
    await prune(deps, options, removed).finally(() => note({ after: removed, count: total(removed) }))
    return removed
  })
}

async function prune(
  { store }: PruneDeps,
  { retention, signal = new AbortController().signal, mayGoOn = () => true }: PruneOptions,
  removed: Record<RetentionKind, number>,
): Promise<void> {
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
}

/** Rows of all kinds together. */
export function total(report: PruneReport): number {
  return Object.values(report).reduce((sum, rows) => sum + rows, 0)
}

/** What a pass would remove now; changes nothing. A scan. @throws PERMISSION_DENIED */
export async function countExpired(deps: OperationDeps, retention: Retention): Promise<PruneReport> {
  requirePermission(deps, 'job:read')
  requireEveryQueue(deps)
  const expired = noRows()
  for (const kind of retentionKinds) {
    const olderThanMs = keepable(retention)[kind]
    if (olderThanMs !== null) expired[kind] = await deps.store.retention.expired({ kind, olderThanMs })
  }
  return expired
}

function noRows(): Record<RetentionKind, number> {
  return { payloads: 0, finished: 0, failed: 0, minutes: 0, hours: 0, days: 0, audit: 0 }
}
