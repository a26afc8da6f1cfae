import { bornClaimed } from '../born-claimed.ts'
import type { ClaimedInsert, DispatchGroup, DispatchStore } from '../dispatch-store.ts'
import { createInsertJobs } from './insert-jobs.ts'
import { type Notifier, queuesOf } from './notifier.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'
import { sweepReceipts } from './sweep-receipts.ts'
import { type ReconnectOptions, withReconnect } from './with-reconnect.ts'

const uniqueViolation = '23505'

/** What the role needs beside the database. */
export interface DispatchParts {
  readonly notifier: Notifier
  readonly reconnect: ReconnectOptions
}

/** The role of an application that dispatches. */
export function createDispatchStore(db: PostgresDatabase, { notifier, reconnect }: DispatchParts): DispatchStore {
  const insert = createInsertJobs(db.schema)

  async function insertOnce(group: DispatchGroup): Promise<readonly number[]> {
    const notice = notifier.noticeFor(group)
    const { ids } = await insert(db, group, { notice, stationId: null })
    notifier.committed(group, notice)
    return ids
  }

  /** Nobody is notified of what is claimed; what is not, after all, is told afterwards. */
  async function insertClaimedOnce(group: DispatchGroup, stationId: string): Promise<ClaimedInsert> {
    const { ids, at, isClaimed } = await insert(db, group, { notice: notifier.noNotice, stationId })
    if (!isClaimed) notifier.woken(queuesOf(group))
    return { ids, claimed: isClaimed ? bornClaimed(group.jobs, ids, at) : [] }
  }

  /**
   * An unclear commit is settled by the receipt: first looked up, and inserted only where it is not there. A token that exists: the group is in, be it by the
   * attempt that was cut off and committed while this one waited for its token.
   */
  async function settled<T>(
    { token }: DispatchGroup,
    lostBefore: number,
    { insertIt, whenKnown }: { insertIt: () => Promise<T>; whenKnown: (ids: readonly number[]) => T },
  ): Promise<T> {
    const known = lostBefore > 0 ? await findReceipt(db, token) : undefined
    if (known !== undefined) return whenKnown(known)
    try {
      return await insertIt()
    } catch (error) {
      const ids = sqlStateOf(error) === uniqueViolation ? await findReceipt(db, token) : undefined
      if (ids === undefined) throw error
      return whenKnown(ids)
    }
  }

  return {
    insertJobs: (group) =>
      withReconnect(
        (lost) => settled(group, lost, { insertIt: () => insertOnce(group), whenKnown: (ids) => ids }),
        reconnect,
      ),
    insertClaimed: (group, stationId) =>
      withReconnect<ClaimedInsert>(
        (lost) =>
          settled<ClaimedInsert>(group, lost, {
            insertIt: () => insertClaimedOnce(group, stationId),
            whenKnown: (ids) => ({ ids, claimed: null }),
          }),
        reconnect,
      ),
    sweepReceipts: (olderThanMs, limit) => sweepReceipts(db, olderThanMs, limit),
  }
}

async function findReceipt(db: PostgresDatabase, token: string): Promise<readonly number[] | undefined> {
  const rows = await db.query<{ job_ids: number[] }>(
    `SELECT CASE WHEN first_id IS NULL THEN job_ids ELSE ARRAY(SELECT generate_series(first_id, first_id + jobs - 1)) END AS job_ids
       FROM ${db.schema}.dispatch_receipt WHERE token = $1`,
    [token],
  )
  return rows[0]?.job_ids
}
