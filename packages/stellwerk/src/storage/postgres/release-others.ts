import { wholeNumberArray } from './array-literals.ts'
import { createCancelWished } from './cancel-job.ts'
import { withPartitions } from './partitions.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const releaseOthersSql = (s: string): string => /* sql */ `
  WITH released AS (
    UPDATE ${s}.job SET state = 'pending', attempt = attempt - 1, claimed_at = NULL, station_id = NULL, worker_id = NULL
     WHERE id = ANY(ARRAY(SELECT id FROM ${s}.job WHERE state = 'processing' AND claimed_at > 0 AND station_id = $1 AND id <> ALL($2::bigint[]) ORDER BY id FOR UPDATE))
    RETURNING id, queue, type),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign * count(*)
      FROM released CROSS JOIN (VALUES ('processing', -1), ('pending', 1)) AS side(state, sign)
     GROUP BY queue, type, side.state, side.sign
  )
  SELECT coalesce(array_agg(id), '{}') AS ids FROM released`

/** Gives claims back. */
export type ReleaseOthers = (db: PostgresDatabase, stationId: string, kept: readonly number[]) => Promise<number>

/** T7: what the station holds in the database but not in `kept` goes back, attempt restored, or is cancelled where it was to be; returns how many. */
export function createReleaseOthers(schema: string): ReleaseOthers {
  const sql = releaseOthersSql(schema)
  const cancelWished = createCancelWished(schema)
  return (db, stationId, kept) =>
    withPartitions(db, () =>
      db.transaction(async (tx) => {
        const [released] = await tx.query<{ ids: readonly number[] }>(sql, [stationId, wholeNumberArray(kept)])
        const ids = released?.ids ?? []
        await cancelWished(tx, ids)
        return ids.length
      }),
    )
}
