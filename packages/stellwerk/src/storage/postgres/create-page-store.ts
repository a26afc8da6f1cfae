import type { PageStore } from '../page-store.ts'
import type { ColdReads } from './cold-reads.ts'

/** The role of whoever shows pages. */
export function createPageStore(cold: ColdReads): PageStore {
  return {
    longestRunning: (limit, queues) => cold.read(({ listRunning }, db) => listRunning(db, limit, queues)),
    oldestUnrolled: () => cold.read(({ oldestUnrolled }, db) => oldestUnrolled(db)),
    held: () => cold.read(({ countHeld }, db) => countHeld(db)),
    jobsById: (ids) => cold.read(({ listById }, db) => listById(db, ids)),
    failedPage: (filter) => cold.read(({ listFailed }, db) => listFailed(db, filter)),
    countFailed: (selection, atMost) => cold.read(({ countFailedUpTo }, db) => countFailedUpTo(db, selection, atMost)),
  }
}
