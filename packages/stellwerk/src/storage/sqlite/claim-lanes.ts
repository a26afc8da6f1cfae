import { StellwerkError } from '../../domain/errors.ts'
import type { LaneShare } from '../../domain/queue/lane.ts'
import type { ClaimedJob, ClaimRequest } from '../claim-store.ts'
import type { SqliteConnection } from './connection.ts'
import type { SqlValue } from './statement.ts'
import { TallyChanges } from './tally-changes.ts'
import { holdingChunk, ROW_CHUNKS, textBySize, valueRows } from './value-rows.ts'

const STATION_ALIVE = /* sql */ `SELECT 1 FROM station WHERE id = ? AND state = 'alive'`

const HEADS_OF_LANE = /* sql */ `
  SELECT id, type_version, payload, options, attempt, tries, failures, exceptions, crashes, claim_seq, solo, created_at, run_at,
         position, parent_id, run_id, batch_id
    FROM job
   WHERE queue = ? AND type = ? AND in_batch = ? AND priority = ? AND state = 'pending'
   ORDER BY position, id LIMIT ?`

const CLAIM_RANGE = claimText('id BETWEEN ? AND ?')
const claimIds = textBySize((size) => claimText(`id IN ${valueRows(1, size)}`))

type HeadRow = [
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

interface Claim {
  readonly stationId: string
  readonly at: number
}

/**
 * Reads the lane's heads and claims exactly those. Two statements in place of one with RETURNING, which makes SQLite decode and keep every
 * row twice; the write lock is held, so nothing comes between, and the guard is checked by its count all the same.
 */
function claimLane(connection: SqliteConnection, share: LaneShare, claim: Claim): readonly ClaimedJob[] {
  const { queue, type, inBatch, priority, limit } = share
  const rows = connection.prepare<HeadRow>(HEADS_OF_LANE).all(queue, type, inBatch ? 1 : 0, priority, limit)
  const claimed = markProcessing(connection, rows, claim)
  if (claimed !== rows.length)
    throw new StellwerkError('INTERNAL', `${claimed} of ${rows.length} heads could be claimed`)
  return rows.map((row) => toClaimedJob(row, share, claim.at))
}

function markProcessing(connection: SqliteConnection, rows: readonly HeadRow[], { at, stationId }: Claim): number {
  const ids = rows.map(([id]) => id)
  const lowest = Math.min(...ids)
  const highest = Math.max(...ids)
  // Jobs dispatched together mostly lie together: one range in place of a search per id.
  if (highest - lowest === ids.length - 1) {
    return connection.prepare(CLAIM_RANGE).run(at, stationId, lowest, highest)
  }
  let claimed = 0
  for (let from = 0; from < ids.length; from += ROW_CHUNKS[0]) {
    const chunk: SqlValue[] = ids.slice(from, from + ROW_CHUNKS[0])
    const size = holdingChunk(chunk.length)
    while (chunk.length < size) chunk.push(null)
    claimed += connection.prepare(claimIds(size)).run(at, stationId, ...chunk)
  }
  return claimed
}

function toClaimedJob(row: HeadRow, lane: LaneShare, claimedAt: number): ClaimedJob {
  return {
    id: row[0],
    type: lane.type,
    typeVersion: row[1],
    queue: lane.queue,
    priority: lane.priority,
    inBatch: lane.inBatch,
    payload: row[2],
    options: row[3],
    attempt: row[4] + 1,
    tries: row[5],
    failures: row[6],
    exceptions: row[7],
    crashes: row[8],
    claimSeq: row[9] + 1,
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

function claimText(which: string): string {
  return /* sql */ `
    UPDATE job SET state = 'processing', claim_seq = claim_seq + 1, attempt = attempt + 1, claimed_at = ?, station_id = ?
     WHERE ${which} AND state = 'pending'`
}
