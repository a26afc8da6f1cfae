import { DAY_MS, HOUR_MS } from '../../domain/metrics/metric-tier.ts'
import type { RetentionKind } from '../../domain/retention/retention.ts'
import type { PruneStep, RetentionStore } from '../retention-store.ts'
import { dropPartition } from './drop-partition.ts'
import { listPartitions, type Partition, type PartitionedTable } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'
import { pruneAudit } from './prune-audit.ts'

interface Before {
  readonly before: number
  readonly limit: number
}

/** Rows of a tier whose next tier is closed, so that all of them go together and none before it was rolled. */
const tiers = {
  minutes: { table: 'minute_metric', where: 'minute < $1 AND rolled = 1', order: 'minute', wholeMs: HOUR_MS },
  hours: { table: 'hour_metric', where: 'hour < $1 AND rolled = 1', order: 'hour', wholeMs: DAY_MS },
  days: { table: 'day_metric', where: 'day < $1', order: 'day', wholeMs: DAY_MS },
} as const

const undefinedTable = '42P01'

type TierKind = keyof typeof tiers
const partitionedBy = { payloads: 'finished_payload', finished: 'finished_job' } as const
/** What jobs leave behind that is not partitioned: lines go with the payloads, attempts with the slim rows. */
const tracesOf = { payloads: 'job_log', finished: 'job_attempt' } as const

/** The role of the pruner. */
export function createRetentionStore(db: PostgresDatabase): RetentionStore {
  const pruner = new Pruner(db)
  return {
    prune: async ({ kind, olderThanMs }, limit) => {
      const step = { before: (await pruner.now()) - olderThanMs, limit }
      if (kind === 'failed') return await pruner.failed(step)
      if (kind === 'audit') return await pruneAudit(db, step)
      return await (isTier(kind) ? pruner.tier(kind, step) : pruner.partition(kind, step))
    },
    expired: async ({ kind, olderThanMs }) => await pruner.expired(kind, (await pruner.now()) - olderThanMs),
    // The server reuses and gives back what is free by itself.
    compact: async () => 0,
  }
}

class Pruner {
  readonly #db: PostgresDatabase

  constructor(db: PostgresDatabase) {
    this.#db = db
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
    const removed = await this.#count(
      `WITH gone AS (DELETE FROM ${s}.failed_job
                      WHERE id = ANY(ARRAY(SELECT id FROM ${s}.failed_job WHERE failed_at < $1 ORDER BY failed_at LIMIT $2 FOR UPDATE SKIP LOCKED))
                     RETURNING id, queue, type),
       attempts AS (DELETE FROM ${s}.job_attempt WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
       lines AS (DELETE FROM ${s}.job_log WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
       tally AS (INSERT INTO ${s}.tally_delta (queue, type, state, delta)
                 SELECT queue, type, 'failed', -count(*) FROM gone GROUP BY queue, type)
       SELECT count(*) AS n FROM gone`,
      [before, limit],
    )
    return { removed, isDone: removed < limit }
  }

  /** The lines or attempts of the oldest partition's jobs in steps, then the partition itself. */
  async partition(kind: keyof typeof partitionedBy, { before, limit }: Before): Promise<PruneStep> {
    if (kind === 'finished') {
      // A payload never outlives its job's row.
      const payloads = await this.partition('payloads', { before, limit })
      if (!payloads.isDone) return { removed: 0, isDone: false }
    }
    const table = partitionedBy[kind]
    const [oldest] = await this.#due(table, before)
    if (oldest === undefined) return { removed: 0, isDone: true }
    const traces = await this.#pruneTraces(tracesOf[kind], oldest, limit)
    if (traces === null || traces === limit) return { removed: 0, isDone: false }
    const removed = await dropPartition(this.#db, table, oldest)
    return { removed: removed ?? 0, isDone: removed === null }
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
    const [newest] = (await this.#due(table, before)).toReversed()
    if (newest === undefined) return 0
    return await this.#count(`SELECT count(*) AS n FROM ${s}.${table} WHERE finished_at < $1`, [newest.to])
  }

  async #due(table: PartitionedTable, before: number): Promise<readonly Partition[]> {
    return (await listPartitions(this.#db, this.#db.schema, table)).filter(({ to }) => to <= before)
  }

  /** Null where another has dropped the partition meanwhile. */
  async #pruneTraces(traces: string, { name }: Partition, limit: number): Promise<number | null> {
    const s = this.#db.schema
    const pruned = this.#count(
      `WITH ids AS MATERIALIZED (SELECT min(id) AS low, max(id) AS high FROM ${s}.${name}),
       gone AS (
         DELETE FROM ${s}.${traces} WHERE ctid = ANY(ARRAY(
           SELECT t.ctid FROM ${s}.${traces} AS t
            WHERE t.job_id >= (SELECT low FROM ids) AND t.job_id <= (SELECT high FROM ids)
              AND EXISTS (SELECT 1 FROM ${s}.${name} AS f WHERE f.id = t.job_id)
            LIMIT $1 FOR UPDATE OF t SKIP LOCKED))
         RETURNING 1)
       SELECT count(*) AS n FROM gone`,
      [limit],
    )
    return await pruned.catch((error: unknown) => {
      if (sqlStateOf(error) === undefinedTable) return null
      throw error
    })
  }

  async #count(text: string, values: readonly unknown[]): Promise<number> {
    return (await this.#db.query<{ n: number }>(text, values))[0]?.n ?? 0
  }
}

function isTier(kind: RetentionKind): kind is TierKind {
  return kind in tiers
}
