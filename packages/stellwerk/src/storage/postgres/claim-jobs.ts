import type { LaneShare } from '../../domain/queue/lane.ts'
import type { ClaimedJob, ClaimRequest } from '../claim-store.ts'
import { booleanArray, numberArray, textArray } from './array-literals.ts'
import { type ClaimedRow, claimedColumns, claimedJob } from './claimed-row.ts'
import type { LaneFloors } from './lane-floors.ts'
import { laneKeySql } from './lane-key.ts'
import type { PostgresRows } from './postgres-database.ts'

const laneOfShare = laneKeySql({
  queue: 'share.queue',
  type: 'share.type',
  inBatch: 'share.in_batch',
  priority: 'share.priority',
})

/** Where the rows of a lane begin: at its first, or behind the floor of its share. */
const beginning = {
  first: { columns: '', arrays: '', condition: '' },
  floor: {
    columns: ', floor_position, floor_id',
    arrays: ', $9::bigint[], $10::bigint[]',
    condition: 'AND (position, id) > (share.floor_position, share.floor_id)',
  },
}

/**
 * The rows are chosen and locked lane by lane first, so that no plan of the update can change which ones they are, and counted there, so that the
 * update streams its rows to the client.
 */
const claimJobsSql = (s: string, { columns, arrays, condition }: typeof beginning.first): string => /* sql */ `
  WITH picked AS MATERIALIZED (
    SELECT row.id, share.queue, share.type
      FROM unnest($2::text[], $3::text[], $4::bool[], $5::smallint[], $6::int[], $8::bigint[]${arrays}) AS share(queue, type, in_batch, priority, n, key${columns})
     CROSS JOIN LATERAL (
       SELECT id FROM ${s}.job
        WHERE lane = coalesce(share.key, ${laneOfShare}) AND state = 'pending'
          AND queue = share.queue AND type = share.type AND in_batch = share.in_batch AND priority = share.priority ${condition}
        ORDER BY position, id
        LIMIT share.n FOR UPDATE SKIP LOCKED) AS row
     WHERE EXISTS (SELECT 1 FROM ${s}.station WHERE id = $1 AND state = 'alive')
     LIMIT $7
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign * n
      FROM (SELECT queue, type, count(*) AS n FROM picked GROUP BY queue, type) AS counted
     CROSS JOIN (VALUES ('pending', -1), ('processing', 1)) AS side(state, sign)
  )
  UPDATE ${s}.job
     SET state = 'processing', claim_seq = claim_seq + 1, attempt = attempt + 1, claimed_at = (SELECT ${s}.now_ms()), station_id = $1
   WHERE id = ANY(ARRAY(SELECT id FROM picked))
  RETURNING ${claimedColumns}`

/** Claims for a station. */
export type ClaimJobs = (db: PostgresRows, request: ClaimRequest) => Promise<readonly ClaimedJob[]>

/**
 * Atomic (T3): one statement, only while the station's row is alive; in lane order, within a lane by (position, id). Lanes that have a floor are looked at behind it.
 */
export function createClaimJobs(schema: string, floors: LaneFloors): ClaimJobs {
  const fromFirst = claimJobsSql(schema, beginning.first)
  const fromFloor = claimJobsSql(schema, beginning.floor)
  return async (db, { stationId, shares, limit }) => {
    const [first] = shares
    if (first === undefined || limit < 1) return []
    const parameters = [
      stationId,
      textArray(shares.map((share) => share.queue)),
      textArray(shares.map((share) => share.type)),
      booleanArray(shares.map((share) => share.inBatch)),
      numberArray(shares.map((share) => share.priority)),
      numberArray(shares.map((share) => share.limit)),
      limit,
      numberArray(shares.map((share) => share.key ?? null)),
    ]
    const from = shares.map((share) => floors.of(share.key))
    const rows = from.every((floor) => floor === undefined)
      ? await db.rows<ClaimedRow>(fromFirst, parameters)
      : await db.rows<ClaimedRow>(fromFloor, [...parameters, ...floorArrays(from)])
    const inOrder = inClaimingOrder(
      rows.map((row) => claimedJob(row, first)),
      shares,
    )
    if (floors.areUsed) noteTaken(floors, inOrder, shares)
    return inOrder
  }
}

/** Positions and ids; a lane without a floor has one before its first row. */
function floorArrays(from: readonly ReturnType<LaneFloors['of']>[]): readonly string[] {
  return [
    numberArray(from.map((floor) => floor?.position ?? Number.MIN_SAFE_INTEGER)),
    numberArray(from.map((floor) => floor?.id ?? 0)),
  ]
}

function noteTaken(floors: LaneFloors, inOrder: readonly ClaimedJob[], shares: readonly LaneShare[]): void {
  const keys = new Map(shares.map((share) => [laneKey(share), share.key]))
  for (const job of inOrder) {
    const key = keys.get(laneKey(job))
    if (key !== undefined) floors.took(key, job)
  }
}

function inClaimingOrder(jobs: readonly ClaimedJob[], shares: readonly LaneShare[]): readonly ClaimedJob[] {
  if (shares.length === 1) return jobs.toSorted(byPosition)
  const rank = new Map(shares.map((share, index) => [laneKey(share), index]))
  return jobs
    .map((job) => ({ job, rank: rank.get(laneKey(job)) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || byPosition(a.job, b.job))
    .map(({ job }) => job)
}

function byPosition(a: ClaimedJob, b: ClaimedJob): number {
  return a.position - b.position || a.id - b.id
}

function laneKey(lane: Omit<LaneShare, 'limit'>): string {
  return `${lane.queue}\0${lane.type}\0${lane.inBatch}\0${lane.priority}`
}
