import { cancelWished } from './cancel-job.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

const GIVE_BACK = /* sql */ `
  UPDATE job SET state = 'pending', attempt = attempt - 1, station_id = NULL, worker_id = NULL, claimed_at = NULL
   WHERE state = 'processing' AND station_id = ? AND id NOT IN (SELECT value FROM json_each(?))
  RETURNING queue, type, id`

/** T7 inside a transaction for what the station holds beside `kept`; returns how many went back. */
export function releaseOthers(connection: SqliteConnection, stationId: string, kept: readonly number[]): number {
  const tallies = new TallyChanges()
  const released = connection.prepare<[string, string, number]>(GIVE_BACK).all(stationId, JSON.stringify(kept))
  for (const [queue, type] of released) tallies.move({ queue, type }, 'processing', 'pending')
  cancelWished(
    connection,
    released.map(([, , id]) => id),
    tallies,
  )
  tallies.apply(connection)
  return released.length
}
