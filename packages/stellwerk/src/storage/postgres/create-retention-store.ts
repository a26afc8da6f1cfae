import { DAY_MS, HOUR_MS } from '../../domain/metrics/metric-tier.ts'
import type { RetentionKind } from '../../domain/retention/retention.ts'
import type { PruneStep, RetentionStore } from '../retention-store.ts'
import { takeNextFromHistory } from './history-turn.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { pruneAudit } from './prune-audit.ts'
import { type Before, PartitionPruner } from './prune-partitions.ts'

/** Rows of a tier whose next tier is closed, so that all of them go together and none before it was rolled. */
const tiers = {
  minutes: { table: 'minute_metric', where: 'minute < $1 AND rolled = 1', order: 'minute', wholeMs: HOUR_MS },
  hours: { table: 'hour_metric', where: 'hour < $1 AND rolled = 1', order: 'hour', wholeMs: DAY_MS },
  days: { table: 'day_metric', where: 'day < $1', order: 'day', wholeMs: DAY_MS },
} as const

type TierKind = keyof typeof tiers
const partitionedBy = { payloads: 'finished_payload', finished: 'finished_job' } as const

/** The role of the pruner. */
export function createRetentionStore(db: PostgresDatabase): RetentionStore {
  const partitions = new PartitionPruner(db)
  const pruner = new Pruner(db, partitions)
  return {
    prune: async ({ kind, olderThanMs }, limit) => {
      const now = await pruner.now()
      const step = { before: now - olderThanMs, limit }
      if (kind === 'failed') return await pruner.failed(step)
      if (kind === 'audit') return await pruneAudit(db, step)
      return await (isTier(kind) ? pruner.tier(kind, step) : partitions.prune(kind, step, now))
    },
    expired: async ({ kind, olderThanMs }) => await pruner.expired(kind, (await pruner.now()) - olderThanMs),
    // The server reuses and gives back what is free by itself.
    compact: async () => 0,
  }
}

class Pruner {
  readonly #db: PostgresDatabase
  readonly #partitions: PartitionPruner

  constructor(db: PostgresDatabase, partitions: PartitionPruner) {
    this.#db = db
    this.#partitions = partitions
  }

  async now(): Promise<number> {
    return (await this.#db.query<{ now: number }>(`SELECT ${this.#db.schema}.now_ms() AS now`))[0]?.now ?? 0
  }

  async tier(kind: TierKind, { before, limit }: Before): Promise<PruneStep> {
    const s = this.#db.schema
    const { table, where, order, wholeMs } = tiers[kind]
    const removed = await this.#count(
      `WITH gone AS (DELETE FROM ${s}.${table}
                      WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${s}.${table} WHERE ${where} ORDER BY ${order} LIMIT $2 FOR UPDATE SKIP LOCKED))
                     RETURNING 1)
       SELECT count(*) AS n FROM gone`,
      [Math.floor(before / wholeMs) * wholeMs, limit],
    )
    return { removed, isDone: removed < limit }
  }

  async failed({ before, limit }: Before): Promise<PruneStep> {
    const s = this.#db.schema
    const [row] = await takeNextFromHistory<{ n: number }>(
      this.#db,
      `WITH gone AS (DELETE FROM ${s}.failed_job
                      WHERE id = ANY(ARRAY(SELECT id FROM ${s}.failed_job WHERE failed_at < $1 ORDER BY failed_at LIMIT $2 FOR UPDATE SKIP LOCKED))
                     RETURNING id, queue, type),
       attempts AS (DELETE FROM ${s}.job_attempt WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
       lines AS (DELETE FROM ${s}.job_log WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
       attempts_by_day AS (DELETE FROM ${s}.job_attempt_by_day WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
       lines_by_day AS (DELETE FROM ${s}.job_log_by_day WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
       tally AS (INSERT INTO ${s}.tally_delta (queue, type, state, delta)
                 SELECT queue, type, 'failed', -count(*) FROM gone GROUP BY queue, type)
       SELECT count(*) AS n FROM gone`,
      [before, limit],
    )
    const removed = row?.n ?? 0
    return { removed, isDone: removed < limit }
  }

  async expired(kind: RetentionKind, before: number): Promise<number> {
    const s = this.#db.schema
    if (kind === 'failed')
      return await this.#count(`SELECT count(*) AS n FROM ${s}.failed_job WHERE failed_at < $1`, [before])
    if (kind === 'audit')
      return await this.#count(`SELECT count(*) AS n FROM ${s}.stellwerk_audit WHERE at < $1`, [before])
    if (isTier(kind)) {
      const { table, where, wholeMs } = tiers[kind]
      return await this.#count(`SELECT count(*) AS n FROM ${s}.${table} WHERE ${where}`, [
        Math.floor(before / wholeMs) * wholeMs,
      ])
    }
    const table = partitionedBy[kind]
    const [newest] = (await this.#partitions.due(table, before)).toReversed()
    if (newest === undefined) return 0
    return await this.#count(`SELECT count(*) AS n FROM ${s}.${table} WHERE finished_at < $1`, [newest.to])
  }

  async #count(text: string, values: readonly unknown[]): Promise<number> {
    return (await this.#db.query<{ n: number }>(text, values))[0]?.n ?? 0
  }
}

function isTier(kind: RetentionKind): kind is TierKind {
  return kind in tiers
}
