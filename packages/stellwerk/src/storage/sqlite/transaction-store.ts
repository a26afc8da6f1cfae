import { isStellwerkError } from '../../domain/errors.ts'
import { noDeadLetters } from '../../domain/queue/dead-letters.ts'
import { completionMinutes } from '../completion-minutes.ts'
import { claimLost } from '../transaction-errors.ts'
import type { ClaimEnd, ClaimRef, Completion, TransactionStore } from '../transaction-store.ts'
import type { SqliteConnection } from './connection.ts'
import { createForeignConnections, type ForeignConnection } from './foreign-connection.ts'
import { insertJobs } from './insert-jobs.ts'
import { recordProgress } from './record-progress.ts'
import { settleCompleted } from './settle-completed.ts'
import type { SettleRound } from './settle-round.ts'
import { TallyChanges } from './tally-changes.ts'
import { writeMinutes } from './write-minutes.ts'

const IS_COMPLETED = /* sql */ `
  SELECT 1 FROM finished_job WHERE id = ?1 AND claim_seq = ?2 AND state = 'completed'
  UNION ALL SELECT 1 FROM archived_job WHERE id = ?1 AND claim_seq = ?2 AND state = 'completed'`
const IS_HELD = /* sql */ `SELECT 1 FROM job WHERE id = ? AND claim_seq = ? AND state = 'processing'`

/** The role of an application that works in a transaction of its own; `connection` is the store's. Writes are made before the promise is returned. */
export function createTransactionStore(connection: SqliteConnection): TransactionStore {
  const foreign = createForeignConnections(connection)
  return {
    insertJobs: async (tx, group) => {
      const caller = foreign(tx)
      return caller.atomically(() => insertJobs(caller, group))
    },
    complete: async (tx, completion) => {
      const caller = foreign(tx)
      caller.atomically(() => complete(caller, completion))
    },
    claimEnd: (claim) => claimEnd(connection, claim),
  }
}

function complete(connection: ForeignConnection, { outcome, progress }: Completion): void {
  const at = connection.nowMs()
  const round: SettleRound = {
    connection,
    at,
    host: '',
    deadLetters: noDeadLetters,
    tallies: new TallyChanges(),
    won: [],
    refused: [],
  }
  if (progress !== null) recordProgress(connection, [progress])
  settleCompleted(round, [outcome])
  if (round.refused.length > 0) throw claimLost(outcome)
  writeMinutes(connection, completionMinutes(outcome, at))
  round.tallies.apply(connection)
}

/** Who holds the write lock knows that no other transaction is about to end the claim. */
async function claimEnd(connection: SqliteConnection, { id, claimSeq }: ClaimRef): Promise<ClaimEnd> {
  const found = (text: string): boolean => connection.prepare(text).get(id, claimSeq) !== undefined
  if (await connection.read(() => found(IS_COMPLETED))) return 'completed'
  try {
    return await connection.write(() => {
      if (found(IS_COMPLETED)) return 'completed'
      return found(IS_HELD) ? 'held' : 'lost'
    })
  } catch (error) {
    if (isStellwerkError(error, 'STORE_BUSY')) return 'undecided'
    throw error
  }
}
