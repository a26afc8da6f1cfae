import type { LaneHead } from '../../domain/queue/lane.ts'
import { monotonicMs } from '../../std/monotonic.ts'
import type { LaneFloors } from './lane-floors.ts'
import { createLaneHeads } from './lane-heads.ts'
import { createLaneHeadsFrom } from './lane-heads-from.ts'
import type { PostgresStatements } from './postgres-database.ts'

/** The heads of the lanes: of all of them, or while that takes long of those that are known, behind their floors. */
export function createLookAtLanes(
  schema: string,
  floors: LaneFloors,
): (db: PostgresStatements) => Promise<readonly LaneHead[]> {
  const whole = createLaneHeads(schema)
  const short = createLaneHeadsFrom(schema)
  return async (db) => {
    const known = floors.at(monotonicMs())
    if (known !== undefined) {
      const heads = await short(db, known)
      if (heads.length > 0) return heads
      floors.sawNothing()
    }
    const startedMs = monotonicMs()
    const heads = await whole(db)
    floors.sawAll(heads, startedMs, monotonicMs())
    return heads
  }
}
