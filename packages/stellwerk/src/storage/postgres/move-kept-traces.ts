import { holdHistory, inOrder } from './history-turn.ts'
import type { PartitionedTable } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'

/** Lines and attempts by day: where they go when their job outlives the day, and which row of a finished job keeps them. */
const traces = {
  job_log_by_day: {
    kept: 'job_log',
    finished: 'finished_payload',
    columns: 'job_id, claim_seq, attempt, chunk, lines',
  },
  job_attempt_by_day: {
    kept: 'job_attempt',
    finished: 'finished_job',
    columns:
      'job_id, started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes, claim_seq, attempt, kind, error_class, message, stack, causes, host, station_id, worker_id',
  },
} as const

/** Columns of lines and of attempts, as they move from table to table. */
export const traceColumns = {
  job_log_by_day: traces.job_log_by_day.columns,
  job_attempt_by_day: traces.job_attempt_by_day.columns,
} as const

/** The tables of what jobs leave behind by day. */
export type TracesTable = keyof typeof traces

/** Whether a partitioned table holds what jobs leave behind. */
export function isTraces(table: PartitionedTable): table is TracesTable {
  return table in traces
}

/** The jobs of one step are looked up one by one, in the tables that keep a job: no statistics make another plan of it. */
function moveKeptSql(s: string, table: TracesTable, partition: string): string {
  const { kept, finished, columns } = traces[table]
  return /* sql */ `
  WITH step AS MATERIALIZED (SELECT DISTINCT job_id AS id FROM ${s}.${partition} WHERE job_id > $1 ORDER BY job_id LIMIT $2),
  kept AS MATERIALIZED (
    SELECT id FROM step
     WHERE EXISTS (SELECT 1 FROM ${s}.job AS j WHERE j.id = step.id UNION ALL SELECT 1 FROM ${s}.failed_job AS j WHERE j.id = step.id
                   UNION ALL SELECT 1 FROM ${s}.${finished} AS j WHERE j.id = step.id)
  ),
  moved AS (DELETE FROM ${s}.${partition} WHERE job_id = ANY(ARRAY(SELECT id FROM kept)) RETURNING ${columns}),
  stored AS (INSERT INTO ${s}.${kept} (${columns}) SELECT ${columns} FROM moved ON CONFLICT DO NOTHING)
  SELECT max(id) AS "lastId" FROM step`
}

const undefinedTable = '42P01'

/** Where a step begins and how many jobs it looks at. */
export interface MoveStep {
  readonly table: TracesTable
  /** Bare name of a partition of it whose day is over: nothing comes to it any more. */
  readonly partition: string
  readonly afterId: number
  readonly limit: number
}

/**
 * Moves what belongs to the next jobs of a partition that are still kept to where it stays with them; returns the last id looked at, 'end' where there was none
 * left, and null where another is at the history now or the partition is gone. What was not moved belongs to no job any more, and never will again.
 */
export async function moveKeptTraces(
  db: PostgresDatabase,
  { table, partition, afterId, limit }: MoveStep,
): Promise<number | 'end' | null> {
  const text = moveKeptSql(db.schema, table, partition)
  return await db
    .transaction(async (tx) => {
      // Who takes a job out of the history would not see what comes to the other table meanwhile.
      if (!(await holdHistory(tx, db.schemaName))) return null
      tx.send(inOrder)
      const [row] = await tx.query<{ lastId: number | null }>(text, [afterId, limit])
      return row?.lastId ?? 'end'
    })
    .catch((error: unknown) => {
      if (sqlStateOf(error) === undefinedTable) return null
      throw error
    })
}
