import { completionMinutes } from '../completion-minutes.ts'
import type { DispatchGroup } from '../dispatch-store.ts'
import { claimLost } from '../transaction-errors.ts'
import type { Completion, TransactionStore } from '../transaction-store.ts'
import { createClaimEnd } from './claim-end.ts'
import { createEnterTransaction } from './foreign-transaction.ts'
import { createInsertGroup, type Notice } from './insert-jobs.ts'
import { anyQueue } from './notifier.ts'
import { makePartitions } from './partitions.ts'
import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'
import { sqlStateOf } from './postgres-errors.ts'
import { createRecordProgress } from './record-live.ts'
import { createSettleCompleted } from './settle-completed.ts'
import { createWriteMinuteMetrics, type Statement } from './write-minute-metrics.ts'

const checkViolation = '23514'

/** What the role needs beside the database. */
export interface TransactionParts {
  readonly channel: string
  /** Progress and lines that the store is writing itself. */
  readonly liveRecords: ReadonlySet<Promise<void>>
}

/** The role of an application that works in a transaction of its own. */
export function createTransactionStore(
  db: PostgresDatabase,
  { channel, liveRecords }: TransactionParts,
): TransactionStore {
  const enter = createEnterTransaction(db)
  const insert = createInsertGroup(db.schema)
  const complete = createComplete(db)
  return {
    insertJobs: async (tx, group, { wake }) => {
      const { ids } = await insert(await enter(tx), group, wake ? noticeFor(channel, group) : { channel, queues: [] })
      // The application's parsers decide whether a bigint is a number, a text or a BigInt.
      return ids.map(Number)
    },
    complete: async (tx, completion) => {
      const statements = await enter(tx)
      await Promise.allSettled(liveRecords)
      await complete(statements, completion)
    },
    claimEnd: createClaimEnd(db),
  }
}

/** One notification per transaction. */
function noticeFor(channel: string, { jobs }: DispatchGroup): Notice {
  const queues = [...new Set(jobs.map((job) => job.queue))]
  return { channel, queues: queues.length === 1 ? queues : [anyQueue] }
}

function createComplete(db: PostgresDatabase): (tx: PostgresStatements, completion: Completion) => Promise<void> {
  const settleCompleted = createSettleCompleted(db.schema)
  const writeMinuteMetrics = createWriteMinuteMetrics(db.schema)
  const recordProgress = createRecordProgress(db.schema)
  const send = (tx: PostgresStatements, { text, values }: Statement): Promise<unknown> => tx.query(text, values)
  return async (tx, { outcome, progress }) => {
    if (progress !== null) await send(tx, recordProgress([progress]))
    const [won] = await withDayMade(db, () => settleCompleted(tx, [outcome]))
    if (won === undefined) throw claimLost(outcome)
    await send(tx, writeMinuteMetrics(completionMinutes(outcome, Number(won.at))))
  }
}

/** A day without partition has aborted the application's transaction; the next attempt finds the day made. */
async function withDayMade<T>(db: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (sqlStateOf(error) === checkViolation) await makePartitions(db)
    throw error
  }
}
