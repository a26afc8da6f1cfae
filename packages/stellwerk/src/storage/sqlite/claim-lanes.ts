import type { LaneShare } from '../../domain/queue/lane.ts'
import type { ClaimedJob, ClaimRequest } from '../claim-store.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

const STATION_ALIVE = /* sql */ `SELECT 1 FROM station WHERE id = ? AND state = 'alive'`

const CLAIM_LANE = /* sql */ `
  UPDATE job
     SET state = 'processing', claim_seq = claim_seq + 1, attempt = attempt + 1, claimed_at = ?, station_id = ?
   WHERE id IN (SELECT id FROM job
                 WHERE queue = ? AND type = ? AND in_batch = ? AND priority = ? AND state = 'pending'
                 ORDER BY position, id LIMIT ?)
  RETURNING id, type_version, payload, options, attempt, tries, failures, exceptions, crashes, claim_seq, solo, created_at,
            run_at, position, parent_id, run_id, batch_id`

type ClaimedRow = [
  id: number,
  typeVersion: number,
  payload: string,
  options: string | null,
  attempt: number,
  tries: number,
  failures: number,
  exceptions: number,
  crashes: number,
  claimSeq: number,
  solo: number,
  createdAt: number,
  runAt: number,
  position: number,
  parentId: number | null,
  runId: string | null,
  batchId: string | null,
]

/** Claims lane after lane inside a transaction until `limit` is reached; nothing when the station's row is not alive. */
export function claimLanes(connection: SqliteConnection, request: ClaimRequest): readonly ClaimedJob[] {
  if (connection.prepare(STATION_ALIVE).get(request.stationId) === undefined) return []
  const at = connection.nowMs()
  const tallies = new TallyChanges()
  const claimed: ClaimedJob[] = []
  for (const share of request.shares) {
    const limit = Math.min(share.limit, request.limit - claimed.length)
    if (limit <= 0) continue
    const jobs = claimLane(connection, { ...share, limit }, { stationId: request.stationId, at })
    tallies.add(share, 'pending', -jobs.length)
    tallies.add(share, 'processing', jobs.length)
    for (const job of jobs) claimed.push(job)
  }
  tallies.apply(connection)
  return claimed
}

function claimLane(
  connection: SqliteConnection,
  share: LaneShare,
  claim: { readonly stationId: string; readonly at: number },
): readonly ClaimedJob[] {
  const { queue, type, inBatch, priority, limit } = share
  const rows = connection
    .prepare<ClaimedRow>(CLAIM_LANE)
    .all(claim.at, claim.stationId, queue, type, inBatch ? 1 : 0, priority, limit)
  // RETURNING promises no order.
  return rows.map((row) => toClaimedJob(row, share, claim.at)).sort((a, b) => a.position - b.position || a.id - b.id)
}

function toClaimedJob(row: ClaimedRow, lane: LaneShare, claimedAt: number): ClaimedJob {
  return {
    id: row[0],
    type: lane.type,
    typeVersion: row[1],
    queue: lane.queue,
    priority: lane.priority,
    inBatch: lane.inBatch,
    payload: row[2],
    options: row[3],
    attempt: row[4],
    tries: row[5],
    failures: row[6],
    exceptions: row[7],
    crashes: row[8],
    claimSeq: row[9],
    solo: row[10] === 1,
    createdAt: row[11],
    runAt: row[12],
    claimedAt,
    position: row[13],
    parentId: row[14],
    runId: row[15],
    batchId: row[16],
  }
}
