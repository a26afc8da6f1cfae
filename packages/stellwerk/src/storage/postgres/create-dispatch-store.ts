import type { DispatchGroup, DispatchStore } from '../dispatch-store.ts'
import { createInsertJobs } from './insert-jobs.ts'
import type { Notifier } from './notifier.ts'
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
    const ids = await insert(db, group, notice)
    notifier.committed(group, notice)
    return ids
  }

  /** An unclear commit is settled by the receipt: first looked up, and inserted only where it is not there. */
  async function attempt(group: DispatchGroup, lostBefore: number): Promise<readonly number[]> {
    const known = lostBefore > 0 ? await findReceipt(db, group.token) : undefined
    return known ?? (await insertUnlessThere(group))
  }

  /** A token that exists: the group is in, be it by the attempt that was cut off and committed while this one waited for its token. */
  async function insertUnlessThere(group: DispatchGroup): Promise<readonly number[]> {
    try {
      return await insertOnce(group)
    } catch (error) {
      const known = sqlStateOf(error) === uniqueViolation ? await findReceipt(db, group.token) : undefined
      if (known === undefined) throw error
      return known
    }
  }

  return {
    insertJobs: (group) => withReconnect((lostBefore) => attempt(group, lostBefore), reconnect),
    sweepReceipts: (olderThanMs, limit) => sweepReceipts(db, olderThanMs, limit),
  }
}

async function findReceipt(db: PostgresDatabase, token: string): Promise<readonly number[] | undefined> {
  const rows = await db.query<{ job_ids: number[] }>(
    `SELECT job_ids FROM ${db.schema}.dispatch_receipt WHERE token = $1`,
    [token],
  )
  return rows[0]?.job_ids
}
