import { DAY_MS, HOUR_MS } from '../../domain/metrics/metric-tier.ts'
import type { RetentionKind } from '../../domain/retention/retention.ts'
import type { PruneStep, RetentionStore } from '../retention-store.ts'
import type { SqliteConnection } from './connection.ts'
import { pruneAudit } from './prune-audit.ts'
import { pruneFailed, pruneFinished, prunePayloads } from './prune-jobs.ts'

/** Rows of a tier whose next tier is closed, so that all of them go together and none before it was rolled. */
const TIERS = {
  minutes: { table: 'minute_metric', where: 'minute < ? AND rolled = 1', order: 'minute', wholeMs: HOUR_MS },
  hours: { table: 'hour_metric', where: 'hour < ? AND rolled = 1', order: 'hour', wholeMs: DAY_MS },
  days: { table: 'day_metric', where: 'day < ?', order: 'day', wholeMs: DAY_MS },
} as const

const EXPIRED = {
  payloads: /* sql */ `SELECT count(*) FROM finished_payload WHERE finished_at < ?`,
  finished: /* sql */ `SELECT count(*) FROM finished_job WHERE finished_at < ?`,
  failed: /* sql */ `SELECT count(*) FROM failed_job WHERE failed_at < ?`,
  audit: /* sql */ `SELECT count(*) FROM stellwerk_audit WHERE at < ?`,
} as const

const FREE_PAGES = 'PRAGMA freelist_count'

const pruneRows = { payloads: prunePayloads, finished: pruneFinished, failed: pruneFailed, audit: pruneAudit } as const

/** The role of the pruner over one connection. */
export function createRetentionStore(connection: SqliteConnection): RetentionStore {
  return {
    prune: ({ kind, olderThanMs }, limit) =>
      connection.write(() => {
        const before = connection.nowMs() - olderThanMs
        return isTier(kind)
          ? pruneTier(connection, { kind, before, limit })
          : pruneRows[kind](connection, before, limit)
      }),
    expired: ({ kind, olderThanMs }) =>
      connection.read(() => expired(connection, kind, connection.nowMs() - olderThanMs)),
    compact: (pages) => connection.write(() => compact(connection, pages)),
  }
}

function isTier(kind: RetentionKind): kind is keyof typeof TIERS {
  return kind in TIERS
}

interface TierStep {
  readonly kind: keyof typeof TIERS
  readonly before: number
  readonly limit: number
}

function pruneTier(connection: SqliteConnection, { kind, before, limit }: TierStep): PruneStep {
  const { table, where, order, wholeMs } = TIERS[kind]
  const text = `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ?)`
  const removed = connection.prepare(text).run(Math.floor(before / wholeMs) * wholeMs, limit)
  return { removed, isDone: removed < limit }
}

function expired(connection: SqliteConnection, kind: RetentionKind, before: number): number {
  if (!isTier(kind)) return connection.prepare<[number]>(EXPIRED[kind]).get(before)?.[0] ?? 0
  const { table, where, wholeMs } = TIERS[kind]
  const text = `SELECT count(*) FROM ${table} WHERE ${where}`
  return connection.prepare<[number]>(text).get(Math.floor(before / wholeMs) * wholeMs)?.[0] ?? 0
}

function compact(connection: SqliteConnection, pages: number): number {
  const free = (): number => connection.prepare<[number]>(FREE_PAGES).get()?.[0] ?? 0
  const before = free()
  if (before === 0) return 0
  connection.database.exec(`PRAGMA incremental_vacuum(${pages})`)
  return before - free()
}
