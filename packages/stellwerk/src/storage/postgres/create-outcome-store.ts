import type { LogAppend, OutcomeStore, ProgressUpdate, Settlement, SettleResult } from '../outcome-store.ts'
import { anyQueue, type Notifier } from './notifier.ts'
import { withPartitions } from './partitions.ts'
import type { PostgresDatabase, PostgresTransaction } from './postgres-database.ts'
import { createAppendLogs, createRecordProgress } from './record-live.ts'
import { createSettleOutcomes } from './settle-outcomes.ts'
import { type ReconnectOptions, withReconnect } from './with-reconnect.ts'
import { createWriteMinuteMetrics } from './write-minute-metrics.ts'

/** What the role needs beside the database. */
export interface OutcomeParts {
  readonly notifier: Notifier
  readonly reconnect: ReconnectOptions
  /** Progress and lines that are being written: a completion in the application's transaction waits for them, so that they never wait for it. */
  readonly liveRecords: Set<Promise<void>>
}

/** The role of a station that reports. */
export function createOutcomeStore(
  db: PostgresDatabase,
  { notifier, reconnect, liveRecords }: OutcomeParts,
): OutcomeStore {
  const settleOutcomes = createSettleOutcomes(db.schema)
  const writeMinuteMetrics = createWriteMinuteMetrics(db.schema)
  const appendLogs = createAppendLogs(db.schema)
  const recordProgress = createRecordProgress(db.schema)

  function sendLogs(tx: PostgresTransaction, logs: readonly LogAppend[]): void {
    if (logs.length === 0) return
    for (const { text, values } of appendLogs(logs)) tx.send(text, values)
  }

  /** Minute rows and logs go out together with COMMIT: two round trips in all. */
  async function settleOnce(settlement: Settlement, lostBefore: number): Promise<SettleResult> {
    return await db.transaction(async (tx) => {
      sendLogs(tx, settlement.logs)
      const isRepeated = lostBefore > 0 || settlement.isRepeated === true
      const { at, won, refused, wasRecorded } = await settleOutcomes(tx, settlement, { isRepeated })
      const minutes = settlement.metrics(won, at)
      if (minutes.length > 0) {
        const { text, values } = writeMinuteMetrics(minutes)
        tx.send(text, values)
      }
      return { at, refused, ...(wasRecorded && { wasRecorded }) }
    })
  }

  async function recordLive(logs: readonly LogAppend[], progress: readonly ProgressUpdate[]): Promise<void> {
    if (logs.length === 0 && progress.length === 0) return
    await db.transaction(async (tx) => {
      sendLogs(tx, logs)
      if (progress.length === 0) return
      const { text, values } = recordProgress(progress)
      tx.send(text, values)
    })
  }

  /** What is given back is anyone's. */
  async function settle(settlement: Settlement): Promise<SettleResult> {
    const result = await withReconnect(
      (lostBefore) => withPartitions(db, () => settleOnce(settlement, lostBefore)),
      reconnect,
    )
    if (settlement.outcomes.some((outcome) => outcome.kind === 'returned' || outcome.kind === 'crashed'))
      notifier.woken([anyQueue])
    return result
  }

  function recordTracked(logs: readonly LogAppend[], progress: readonly ProgressUpdate[]): Promise<void> {
    const recording = withPartitions(db, () => recordLive(logs, progress)).finally(() => liveRecords.delete(recording))
    liveRecords.add(recording)
    return recording
  }

  return { settle, recordLive: recordTracked }
}
