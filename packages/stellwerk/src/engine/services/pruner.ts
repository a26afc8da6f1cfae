import { trustedActor } from '../../domain/actor.ts'
import type { Retention } from '../../domain/retention/retention.ts'
import { pruneHistory, total } from '../../operations/prune-history.ts'
import type { Log } from '../../std/log.ts'
import type { Store } from '../../storage/store.ts'
import type { ClaimPace } from '../claim-pace.ts'
import type { FailureLog } from '../failure-log.ts'
import { PeriodicService } from '../periodic-service.ts'

const intervalMs = 60_000
/** Claims slower than this are worth more than room. */
export const slowClaimMs = 50
const actor = trustedActor('station', 'pruner')
/** 800 KiB of the default page size at a time. */
const pagesPerSlice = 200

/** What a pruner needs. */
export interface PrunerOptions {
  readonly store: Pick<Store, 'retention' | 'audit'>
  readonly keep: Retention
  readonly pace: Pick<ClaimPace, 'p99Ms' | 'forget'>
  readonly log: Log
  readonly failures: FailureLog
}

/** Removes what is older than its retention, in small steps, while claims are fast; then gives free pages of the file back. */
export function createPruner(options: PrunerOptions): PeriodicService {
  const { failures } = options
  return new PeriodicService({ name: 'pruner', intervalMs, failures, pass: (signal) => prune(options, signal) })
}

async function prune({ store, keep, pace, log }: PrunerOptions, signal: AbortSignal): Promise<void> {
  const mayGoOn = (): boolean => pace.p99Ms() <= slowClaimMs
  const report = await pruneHistory({ store, actor, log }, { retention: keep, signal, mayGoOn })
  if (total(report) > 0) log.info('pruned', { ...report })
  while (mayGoOn() && !signal.aborted && (await store.retention.compact(pagesPerSlice)) > 0);
  // A pass that gave way must not give way for ever to what it measured then.
  if (!mayGoOn()) pace.forget()
}
