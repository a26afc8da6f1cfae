import type { Retention } from '../../domain/retention/retention.ts'
import { type PruneReport, pruneHistory } from '../../operations/prune-history.ts'
import type { Log } from '../../std/log.ts'
import type { RetentionStore } from '../../storage/retention-store.ts'
import type { ClaimPace } from '../claim-pace.ts'
import { PeriodicService } from '../periodic-service.ts'

const intervalMs = 60_000
/** Claims slower than this are worth more than room. */
export const slowClaimMs = 50
/** 800 KiB of the default page size at a time. */
const pagesPerSlice = 200

/** What a pruner needs. */
export interface PrunerOptions {
  readonly retention: RetentionStore
  readonly keep: Retention
  readonly pace: Pick<ClaimPace, 'p99Ms' | 'forget'>
  readonly log: Log
}

/** Removes what is older than its retention, in small steps, while claims are fast; then gives free pages of the file back. */
export function createPruner(options: PrunerOptions): PeriodicService {
  return new PeriodicService({ name: 'pruner', intervalMs, log: options.log, pass: (signal) => prune(options, signal) })
}

async function prune({ retention, keep, pace, log }: PrunerOptions, signal: AbortSignal): Promise<void> {
  const mayGoOn = (): boolean => pace.p99Ms() <= slowClaimMs
  const report = await pruneHistory({ store: { retention } }, { retention: keep, signal, mayGoOn })
  if (total(report) > 0) log.info('pruned', { ...report })
  while (mayGoOn() && !signal.aborted && (await retention.compact(pagesPerSlice)) > 0);
  // A pass that gave way must not give way for ever to what it measured then.
  if (!mayGoOn()) pace.forget()
}

function total(report: PruneReport): number {
  return Object.values(report).reduce((sum, rows) => sum + rows, 0)
}
