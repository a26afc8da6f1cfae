import type { OutcomeStore, Settlement, SettleResult } from '../outcome-store.ts'
import { appendLogs } from './append-logs.ts'
import type { SqliteConnection } from './connection.ts'
import { recordProgress } from './record-progress.ts'
import { settle } from './settle.ts'

/** The role of a station that reports, over one connection. */
export function createOutcomeStore(connection: SqliteConnection): OutcomeStore {
  return {
    settle: (settlement) => settleAndWake(connection, settlement),
    recordLive: (logs, progress) =>
      connection.write(() => {
        appendLogs(connection, logs)
        recordProgress(connection, progress)
      }),
  }
}

async function settleAndWake(connection: SqliteConnection, settlement: Settlement): Promise<SettleResult> {
  const wakes = settlement.outcomes.some(({ kind }) => kind !== 'completed' && kind !== 'failed')
  return await connection.write(() => settle(connection, settlement), { wakes })
}
