import type { CompletedOutcome } from '../outcome-store.ts'
import type { SettleRound } from './settle-round.ts'
import type { SqlValue } from './statement.ts'
import { holdingChunk, ROW_CHUNKS, valueRows } from './value-rows.ts'

/** The deciding write (T5): a row that this inserts was ours and processing. The CROSS JOIN keeps the order: outcome first, then its job by id. */
const finishText = (rows: number): string => /* sql */ `
  WITH done (id, claim_seq, tries, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes)
    AS (VALUES ${valueRows(rows, 9)})
  INSERT INTO finished_job (id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at,
         claimed_at, finished_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, station_id, worker_id,
         parent_id, run_id, batch_id, progress, progress_note)
  SELECT job.id, job.type, job.queue, 'completed', job.priority, job.attempt, done.tries, job.failures, job.crashes,
         job.claim_seq, job.created_at, job.run_at, job.claimed_at, ?, done.started_at, done.wait_ms, done.run_ms, done.cpu_ms,
         done.memory_bytes, done.memory_peak_bytes, job.station_id, job.worker_id, job.parent_id, job.run_id, job.batch_id,
         job.progress, job.progress_note
    FROM done CROSS JOIN job ON job.id = done.id
   WHERE job.claim_seq = done.claim_seq AND job.state = 'processing'
      ON CONFLICT (id) DO NOTHING
  RETURNING id, queue, type`

const keepText = (rows: number): string => /* sql */ `
  WITH won (id, result) AS (VALUES ${valueRows(rows, 2)})
  INSERT INTO finished_payload (id, finished_at, payload, result, options, weight, type_version, max_crashes)
  SELECT job.id, ?, job.payload, won.result, job.options, job.weight, job.type_version, job.max_crashes
    FROM won CROSS JOIN job ON job.id = won.id`

const removeText = (rows: number): string => `DELETE FROM job WHERE id IN (${Array(rows).fill('?').join(',')})`

type WonRow = [id: number, queue: string, type: string]

/** T5 for all of them: to finished_job and finished_payload, out of job. */
export function settleCompleted(round: SettleRound, outcomes: readonly CompletedOutcome[]): void {
  for (let from = 0; from < outcomes.length; from += ROW_CHUNKS[0]) {
    const chunk = outcomes.slice(from, from + ROW_CHUNKS[0])
    const winners = noteWon(round, chunk, finish(round, chunk))
    if (winners.length > 0) moveOut(round, winners)
  }
}

function finish(round: SettleRound, chunk: readonly CompletedOutcome[]): readonly WonRow[] {
  const rows = holdingChunk(chunk.length)
  const values: SqlValue[] = []
  for (const o of chunk) {
    values.push(o.id, o.claimSeq, o.tries, o.startedAt, o.waitMs, o.runMs, o.cpuMs, o.memoryBytes, o.memoryPeakBytes)
  }
  pad(values, rows * 9)
  values.push(round.at)
  return round.connection.prepare<WonRow>(finishText(rows)).all(...values)
}

function noteWon(
  round: SettleRound,
  chunk: readonly CompletedOutcome[],
  rows: readonly WonRow[],
): readonly CompletedOutcome[] {
  const byId = new Map<number, WonRow>()
  for (const row of rows) byId.set(row[0], row)
  const winners: CompletedOutcome[] = []
  for (const outcome of chunk) {
    const row = byId.get(outcome.id)
    // A row is won once: the same claim told twice in one flush is refused the second time.
    if (row === undefined || !byId.delete(outcome.id)) {
      round.refused.push(outcome)
      continue
    }
    const [, queue, type] = row
    winners.push(outcome)
    round.tallies.move({ queue, type }, 'processing', 'completed')
    round.won.push({ queue, type, outcome: 'completed', ...facts(outcome) })
  }
  return winners
}

function moveOut(round: SettleRound, winners: readonly CompletedOutcome[]): void {
  const rows = holdingChunk(winners.length)
  const kept: SqlValue[] = []
  const ids: SqlValue[] = []
  for (const { id, result } of winners) {
    kept.push(id, result)
    ids.push(id)
  }
  pad(kept, rows * 2)
  kept.push(round.at)
  pad(ids, rows)
  round.connection.prepare(keepText(rows)).run(...kept)
  round.connection.prepare(removeText(rows)).run(...ids)
}

/** A row of nulls joins nothing. */
function pad(values: SqlValue[], length: number): void {
  while (values.length < length) values.push(null)
}

function facts(outcome: CompletedOutcome) {
  const { startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes } = outcome
  return { startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes }
}
