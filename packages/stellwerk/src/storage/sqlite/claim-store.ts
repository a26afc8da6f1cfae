import type { ClaimStore, Promotion } from '../claim-store.ts'
import { claimLanes } from './claim-lanes.ts'
import type { SqliteConnection } from './connection.ts'
import { laneHeads } from './lane-heads.ts'
import { nextDueInMs, promoteDue } from './promote-due.ts'
import { releaseOthers } from './release-others.ts'

/** The role of a station that looks for work, over one connection. */
export function createClaimStore(connection: SqliteConnection): ClaimStore {
  return {
    laneHeads: () => connection.read(() => laneHeads(connection)),
    claim: (request) => connection.write(() => claimLanes(connection, request)),
    promoteDue: (limit) => promote(connection, limit),
    releaseOthers: (stationId, kept) =>
      connection.write(() => releaseOthers(connection, stationId, kept), { wakes: true }),
  }
}

/** Takes the write lock only when something is due: promoters look often. */
async function promote(connection: SqliteConnection, limit: number): Promise<Promotion> {
  const dueInMs = await connection.read(() => nextDueInMs(connection, connection.nowMs()))
  if (dueInMs === null || dueInMs > 0) return { promoted: 0, nextDueInMs: dueInMs }
  const promotion = await connection.write(() => promoteDue(connection, limit))
  if (promotion.promoted > 0) connection.hub.notify()
  return promotion
}
