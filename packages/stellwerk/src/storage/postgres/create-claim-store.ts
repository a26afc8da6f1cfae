import type { ClaimStore } from '../claim-store.ts'
import { createClaimJobs } from './claim-jobs.ts'
import { LaneFloors } from './lane-floors.ts'
import { createLookAtLanes } from './look-at-lanes.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { createPromoteDue } from './promote-due.ts'
import { createReleaseOthers } from './release-others.ts'

/** The role of a station that looks for work. */
export function createClaimStore(db: PostgresDatabase): ClaimStore {
  const floors = new LaneFloors()
  const laneHeads = createLookAtLanes(db.schema, floors)
  const claim = createClaimJobs(db.schema, floors)
  const promoteDue = createPromoteDue(db.schema)
  const releaseOthers = createReleaseOthers(db.schema)
  return {
    laneHeads: () => laneHeads(db),
    claim: (request) => claim(db, request),
    promoteDue: (limit) => promoteDue(db, limit),
    releaseOthers: (stationId, kept) => releaseOthers(db, stationId, kept),
  }
}
