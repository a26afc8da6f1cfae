import type { Promotion } from '../claim-store.ts'
import type { PostgresStatements } from './postgres-database.ts'

const promoteDueSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  due AS MATERIALIZED (
    SELECT id, state FROM ${s}.job
     WHERE state IN ('scheduled', 'retrying') AND run_at <= (SELECT at FROM moment)
     ORDER BY run_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ),
  promoted AS (
    UPDATE ${s}.job AS j SET state = 'pending'
     WHERE id = ANY(ARRAY(SELECT id FROM due))
    RETURNING j.id, j.queue, j.type
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, sum(side.delta)
      FROM promoted JOIN due USING (id) CROSS JOIN LATERAL (VALUES ('pending', 1), (due.state, -1)) AS side(state, delta)
     GROUP BY queue, type, side.state
  )
  SELECT (SELECT count(*) FROM promoted) AS promoted,
         (SELECT greatest(0, run_at - (SELECT at FROM moment)) FROM ${s}.job
           WHERE state IN ('scheduled', 'retrying')
           ORDER BY run_at OFFSET (SELECT count(*) FROM due) LIMIT 1) AS "nextDueInMs"`

/** Idempotent (T2): moves up to `limit` due jobs to pending, earliest first; says when the next one is due (0: at once, there are more). */
export function createPromoteDue(schema: string): (db: PostgresStatements, limit: number) => Promise<Promotion> {
  const sql = promoteDueSql(schema)
  return async (db, limit) => {
    const [row] = await db.query<Promotion>(sql, [limit])
    return row ?? { promoted: 0, nextDueInMs: null }
  }
}
