import type { LaneHead } from '../../domain/queue/lane.ts'
import { wholeNumberArray } from './array-literals.ts'
import type { LaneFloor } from './lane-floors.ts'
import type { PostgresStatements } from './postgres-database.ts'

const laneHeadsFromSql = (s: string): string => /* sql */ `
  SELECT head.queue, head.type, head.in_batch AS "inBatch", head.priority, head.position, head.lane AS key
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS floor(key, position, id)
   CROSS JOIN LATERAL (
     SELECT lane, queue, type, in_batch, priority, position FROM ${s}.job
      WHERE lane = floor.key AND state = 'pending' AND (position, id) > (floor.position, floor.id)
      ORDER BY position, id LIMIT 1) AS head`

/** As createLaneHeads, of these lanes alone, and only of what lies behind their floors. */
export function createLaneHeadsFrom(
  schema: string,
): (db: PostgresStatements, floors: readonly LaneFloor[]) => Promise<readonly LaneHead[]> {
  const sql = laneHeadsFromSql(schema)
  return (db, floors) =>
    db.query<LaneHead>(sql, [
      wholeNumberArray(floors.map(({ key }) => key)),
      wholeNumberArray(floors.map(({ position }) => position)),
      wholeNumberArray(floors.map(({ id }) => id)),
    ])
}
