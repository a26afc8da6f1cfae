import { slim } from './archive-job.ts'
import { joinHistory } from './history-turn.ts'
import { listPartitions, type PartitionedTable } from './partitions.ts'
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.ts'

/** $2 and $3: whether the day of its end is still there for its row and for its payload. */
const releaseJobSql = (s: string): string => /* sql */ `
  WITH gone AS (DELETE FROM ${s}.archived_job WHERE id = $1 RETURNING *),
  finished AS (INSERT INTO ${s}.finished_job (${slim}) SELECT ${slim} FROM gone WHERE $2),
  payload AS (
    INSERT INTO ${s}.finished_payload (id, finished_at, payload, result, options, weight, type_version, max_crashes)
    SELECT id, finished_at, payload, result, options, weight, type_version, max_crashes FROM gone WHERE $3 AND payload IS NOT NULL
  ),
  lines AS (DELETE FROM ${s}.job_log WHERE job_id = $1 AND NOT $3 AND EXISTS (SELECT 1 FROM gone)),
  attempts AS (DELETE FROM ${s}.job_attempt WHERE job_id = $1 AND NOT $2 AND EXISTS (SELECT 1 FROM gone)),
  tally AS (INSERT INTO ${s}.tally_delta (queue, type, state, delta) SELECT queue, type, state, -1 FROM gone WHERE NOT $2)
  SELECT state FROM gone`

/** Puts an archived job back into the history; what belongs to a day that is gone goes with it. False where it is not archived. */
export function createReleaseJob(db: PostgresDatabase): (id: number) => Promise<boolean> {
  const { schema } = db
  const text = releaseJobSql(schema)
  const find = `SELECT finished_at AS at FROM ${schema}.archived_job WHERE id = $1`
  const hasDay = async (tx: PostgresTransaction, table: PartitionedTable, at: number): Promise<boolean> =>
    (await listPartitions(tx, schema, table)).some(({ from, to }) => from <= at && at < to)
  return (id) =>
    db.transaction(async (tx) => {
      joinHistory(tx, db.schemaName)
      const [found] = await tx.query<{ at: number }>(find, [id])
      if (found === undefined) return false
      const isRowKept = await hasDay(tx, 'finished_job', found.at)
      const isPayloadKept = isRowKept && (await hasDay(tx, 'finished_payload', found.at))
      return (await tx.query(text, [id, isRowKept, isPayloadKept])).length > 0
    })
}
