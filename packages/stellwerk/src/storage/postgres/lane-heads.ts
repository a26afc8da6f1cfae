import type { LaneHead } from '../../domain/queue/lane.ts'
import type { PostgresStatements } from './postgres-database.ts'

/**
 * Loose index scan: one descent of the lane index per lane, each starting behind the lane before.
 * Source: https://wiki.postgresql.org/wiki/Loose_indexscan
 */
const laneHeadsSql = (s: string): string => /* sql */ `
  WITH RECURSIVE head AS (
    (SELECT lane, queue, type, in_batch, priority, position FROM ${s}.job
      WHERE state = 'pending'
      ORDER BY lane, position, id LIMIT 1)
    UNION ALL
    SELECT next.* FROM head CROSS JOIN LATERAL (
      SELECT lane, queue, type, in_batch, priority, position FROM ${s}.job
       WHERE state = 'pending' AND lane > head.lane
       ORDER BY lane, position, id LIMIT 1) AS next
  )
  SELECT queue, type, in_batch AS "inBatch", priority, position, lane AS key FROM head`

/** The head of every lane that has a pending job. Cost grows with the lanes, not with the jobs. */
export function createLaneHeads(schema: string): (db: PostgresStatements) => Promise<readonly LaneHead[]> {
  const sql = laneHeadsSql(schema)
  return (db) => db.query<LaneHead>(sql)
}
