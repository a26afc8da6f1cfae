import { wholeNumberArray } from './array-literals.ts'
import type { PostgresStatements } from './postgres-database.ts'

const returnHeldSql = (s: string): string => /* sql */ `
  WITH returned AS (
    UPDATE ${s}.job AS j
       SET state = 'pending', attempt = attempt - 1, solo = solo OR id = ANY($2::bigint[]), claimed_at = NULL, station_id = NULL, worker_id = NULL
     WHERE id = ANY($1::bigint[]) AND j.state || '' = 'processing'
    RETURNING queue, type)
  INSERT INTO ${s}.tally_delta (queue, type, state, delta)
  SELECT queue, type, side.state, side.sign * count(*)
    FROM returned CROSS JOIN (VALUES ('processing', -1), ('pending', 1)) AS side(state, sign)
   GROUP BY queue, type, side.state, side.sign`

/** Puts jobs back to their place, attempt restored, budgets unchanged; suspects run alone next. The caller holds their rows. */
export function createReturnHeld(
  schema: string,
): (db: PostgresStatements, ids: readonly number[], suspects: readonly number[]) => Promise<void> {
  const sql = returnHeldSql(schema)
  return async (db, ids, suspects) => {
    await db.query(sql, [wholeNumberArray(ids), wholeNumberArray(suspects)])
  }
}
