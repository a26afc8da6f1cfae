import { bornClaimed } from '../born-claimed.ts'
import type { ClaimedInsert, DispatchGroup, NewJob } from '../dispatch-store.ts'
import type { SqliteConnection } from './connection.ts'
import { findReceipt, insertJobs } from './insert-jobs.ts'
import { TallyChanges } from './tally-changes.ts'

const STATION_ALIVE = /* sql */ `SELECT 1 FROM station WHERE id = ? AND state = 'alive'`

const CLAIM_NEW = /* sql */ `
  UPDATE job SET state = 'processing', claim_seq = claim_seq + 1, attempt = attempt + 1, claimed_at = ?, station_id = ?
   WHERE id BETWEEN ? AND ? AND state = 'pending'`

/** Inserts the group and claims it for the station, inside a transaction. */
export function insertClaimed(connection: SqliteConnection, group: DispatchGroup, stationId: string): ClaimedInsert {
  const isKnown = findReceipt(connection, group.token) !== undefined
  const at = connection.nowMs()
  const ids = insertJobs(connection, group, at)
  const isAlive = connection.prepare(STATION_ALIVE).get(stationId) !== undefined
  if (isKnown) return { ids, claimed: null }
  if (!isAlive || group.jobs.some(isLater)) return { ids, claimed: [] }
  // The lock is ours, so the ids of the group follow each other.
  connection.prepare(CLAIM_NEW).run(at, stationId, ids[0] ?? 0, ids.at(-1) ?? 0)
  const tallies = new TallyChanges()
  for (const job of group.jobs) tallies.move(job, 'pending', 'processing')
  tallies.apply(connection)
  return { ids, claimed: bornClaimed(group.jobs, ids, at) }
}

function isLater(job: NewJob): boolean {
  return job.runAt !== null || job.delayMs > 0
}
