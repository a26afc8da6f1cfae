import type { PruneStep } from '../retention-store.ts'
import { dropPartition } from './drop-partition.ts'
import { isTraces, moveKeptTraces, type TracesTable } from './move-kept-traces.ts'
import { listPartitions, type Partition, type PartitionedTable } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'

/** Kinds of retention whose rows leave as partitions. */
export type PartitionedKind = 'payloads' | 'finished'

/** Of each kind the table of its jobs, what those have left behind beside them, and the same by day, which goes after them. */
const tables = {
  payloads: { jobs: 'finished_payload', kept: 'job_log', byDay: 'job_log_by_day' },
  finished: { jobs: 'finished_job', kept: 'job_attempt', byDay: 'job_attempt_by_day' },
} as const

/** What is older than `before` goes, at most `limit` rows where it goes by rows. */
export interface Before {
  readonly before: number
  readonly limit: number
}

/** Nothing is written to a day any more that is over for so long: no transaction of ours lasts longer. */
const lateWritesMs = 600_000
/** Jobs of a day that one step looks up: far cheaper than deleting a row. */
export const jobsPerStep = 5_000
const undefinedTable = '42P01'
const done: PruneStep = { removed: 0, isDone: true }
const more: PruneStep = { removed: 0, isDone: false }

/** Prunes by partition. How far it has gone through a day is kept in memory alone: who begins anew does nothing twice. */
export class PartitionPruner {
  readonly #db: PostgresDatabase
  readonly #reached = new Map<string, number>()

  constructor(db: PostgresDatabase) {
    this.#db = db
  }

  /** One step: the oldest day's jobs and what they have left behind, else the oldest day of lines or attempts. `now` is the database's. */
  async prune(kind: PartitionedKind, { before, limit }: Before, now: number): Promise<PruneStep> {
    if (kind === 'finished') {
      // A payload never outlives its job's row.
      const payloads = await this.prune('payloads', { before, limit }, now)
      if (!payloads.isDone) return more
    }
    const { jobs, kept, byDay } = tables[kind]
    const [oldest] = await this.due(jobs, before)
    if (oldest !== undefined) return await this.#pruneJobs(jobs, { kept, partition: oldest, limit })
    const [day] = await this.due(byDay, Math.min(before, now - lateWritesMs))
    return day === undefined ? done : await this.#pruneDay(byDay, day)
  }

  /** Partitions whose last moment is before `before`, oldest first. */
  async due(table: PartitionedTable, before: number): Promise<readonly Partition[]> {
    return (await listPartitions(this.#db, this.#db.schema, table)).filter(({ to }) => to <= before)
  }

  async #pruneJobs(jobs: PartitionedTable, { kept, partition, limit }: JobsOfDay): Promise<PruneStep> {
    const traces = await this.#pruneKept(kept, partition, limit)
    if (traces === null || traces === limit) return more
    return await this.#drop(jobs, partition)
  }

  async #pruneDay(table: TracesTable, partition: Partition): Promise<PruneStep> {
    const { name } = partition
    const step = { table, partition: name, afterId: this.#reached.get(name) ?? 0, limit: jobsPerStep }
    const reached = await moveKeptTraces(this.#db, step)
    if (reached === null) return done
    if (reached === 'end') return await this.#drop(table, partition)
    this.#reached.set(name, reached)
    return more
  }

  async #drop(table: PartitionedTable, partition: Partition): Promise<PruneStep> {
    const removed = await dropPartition(this.#db, table, partition)
    if (isTraces(table) && removed !== null) this.#reached.delete(partition.name)
    return { removed: removed ?? 0, isDone: removed === null }
  }

  /** What stayed beside the jobs of a partition, or was moved there; null where another has dropped the partition meanwhile. */
  async #pruneKept(kept: string, { name }: Partition, limit: number): Promise<number | null> {
    const s = this.#db.schema
    const pruned = this.#db.query<{ n: number }>(
      `WITH ids AS MATERIALIZED (SELECT min(id) AS low, max(id) AS high FROM ${s}.${name}),
       gone AS (
         DELETE FROM ${s}.${kept} WHERE ctid = ANY(ARRAY(
           SELECT t.ctid FROM ${s}.${kept} AS t
            WHERE t.job_id >= (SELECT low FROM ids) AND t.job_id <= (SELECT high FROM ids)
              AND EXISTS (SELECT 1 FROM ${s}.${name} AS f WHERE f.id = t.job_id)
            LIMIT $1 FOR UPDATE OF t SKIP LOCKED))
         RETURNING 1)
       SELECT count(*) AS n FROM gone`,
      [limit],
    )
    try {
      return (await pruned)[0]?.n ?? 0
    } catch (error) {
      if (sqlStateOf(error) === undefinedTable) return null
      throw error
    }
  }
}

interface JobsOfDay {
  readonly kept: string
  readonly partition: Partition
  readonly limit: number
}
