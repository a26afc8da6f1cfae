import type { PostgresDatabase } from './postgres-database.ts'

/** One folder at a time: a second one finds the lock taken and leaves it to the first. */
const foldTalliesSql = (s: string): string => /* sql */ `
  WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7357)) AS mine),
  folded AS (DELETE FROM ${s}.tally_delta WHERE (SELECT mine FROM turn) RETURNING queue, type, state, delta),
  summed AS (
    INSERT INTO ${s}.tally AS t (queue, type, state, count)
    SELECT queue, type, state, sum(delta) FROM folded GROUP BY queue, type, state ORDER BY queue, type, state
    ON CONFLICT (queue, type, state) DO UPDATE SET count = t.count + excluded.count
  )
  SELECT count(*) AS folded FROM folded`

/** Folds counter deltas into the counters, in one statement; returns how many. Idempotent. */
export async function foldTallies(db: PostgresDatabase): Promise<number> {
  const [row] = await db.query<{ folded: number }>(foldTalliesSql(db.schema), [`stellwerk:${db.schemaName}`])
  return row?.folded ?? 0
}
