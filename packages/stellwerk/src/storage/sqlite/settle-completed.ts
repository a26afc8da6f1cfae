import type { WonRun } from '../../domain/metrics/won-run.ts'
import type { CompletedOutcome } from '../outcome-store.ts'
import type { SettleRound } from './settle-round.ts'
import type { SqlValue } from './statement.ts'
import { holdingChunk, ROW_CHUNKS, textBySize, valueRows } from './value-rows.ts'

/**
 * Which claims still hold (T5). The write lock is held, so what it finds is what the writes after it move; deciding by INSERT ... RETURNING
 * makes SQLite keep every row twice. The CROSS JOIN keeps the order: outcome first, then its job by id.
 */
const heldText = textBySize(
  (rows) => /* sql */ `
  WITH told (id, claim_seq) AS (VALUES ${valueRows(rows, 2)})
  SELECT job.id, job.queue, job.type
    FROM told CROSS JOIN job ON job.id = told.id
   WHERE job.claim_seq = told.claim_seq AND job.state = 'processing'`,
)

const finishText = textBySize(
  (rows) => /* sql */ `
  WITH won (id, tries, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes) AS (VALUES ${valueRows(rows, 8)})
  INSERT INTO finished_job (id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at,
         claimed_at, finished_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, station_id, worker_id,
         parent_id, run_id, batch_id, progress, progress_note)
  SELECT job.id, job.type, job.queue, 'completed', job.priority, job.attempt, won.tries, job.failures, job.crashes,
         job.claim_seq, job.created_at, job.run_at, job.claimed_at, ?, won.started_at, won.wait_ms, won.run_ms, won.cpu_ms,
         won.memory_bytes, won.memory_peak_bytes, job.station_id, job.worker_id, job.parent_id, job.run_id, job.batch_id,
         job.progress, job.progress_note
    FROM won CROSS JOIN job ON job.id = won.id
   WHERE job.state = 'processing'`,
)

const keepText = textBySize(
  (rows) => /* sql */ `
  WITH won (id, result) AS (VALUES ${valueRows(rows, 2)})
  INSERT INTO finished_payload (id, finished_at, payload, result, options, weight, type_version, max_crashes)
  SELECT job.id, ?, job.payload, won.result, job.options, job.weight, job.type_version, job.max_crashes
    FROM won CROSS JOIN job ON job.id = won.id`,
)

const removeText = textBySize((rows) => `DELETE FROM job WHERE id IN ${valueRows(1, rows)}`)

type HeldRow = [id: number, queue: string, type: string]

/** T5 for all of them: to finished_job and finished_payload, out of job. */
export function settleCompleted(round: SettleRound, outcomes: readonly CompletedOutcome[]): void {
  for (let from = 0; from < outcomes.length; from += ROW_CHUNKS[0]) {
    const chunk = outcomes.slice(from, from + ROW_CHUNKS[0])
    const winners = noteWon(round, chunk, findHeld(round, chunk))
    if (winners.length > 0) moveOut(round, winners)
  }
}

function findHeld({ connection }: SettleRound, chunk: readonly CompletedOutcome[]): ReadonlyMap<number, HeldRow> {
  const rows = holdingChunk(chunk.length)
  const values: SqlValue[] = []
  for (const outcome of chunk) values.push(outcome.id, outcome.claimSeq)
  const held = new Map<number, HeldRow>()
  for (const row of connection.prepare<HeldRow>(heldText(rows)).all(...padded(values, rows * 2))) held.set(row[0], row)
  return held
}

function noteWon(
  round: SettleRound,
  chunk: readonly CompletedOutcome[],
  held: ReadonlyMap<number, HeldRow>,
): readonly CompletedOutcome[] {
  const winners: CompletedOutcome[] = []
  const told = new Set<number>()
  for (const outcome of chunk) {
    const row = held.get(outcome.id)
    // A claim is won once: told twice in one flush, it is refused the second time.
    if (row === undefined || told.has(outcome.id)) {
      round.refused.push(outcome)
      continue
    }
    told.add(outcome.id)
    winners.push(outcome)
    const run = wonRun(outcome, row)
    round.tallies.move(run, 'processing', 'completed')
    round.won.push(run)
  }
  return winners
}

function moveOut({ connection, at }: SettleRound, winners: readonly CompletedOutcome[]): void {
  const rows = holdingChunk(winners.length)
  const runs: SqlValue[] = []
  const kept: SqlValue[] = []
  const ids: SqlValue[] = []
  for (const o of winners) {
    runs.push(o.id, o.tries, o.startedAt, o.waitMs, o.runMs, o.cpuMs, o.memoryBytes, o.memoryPeakBytes)
    kept.push(o.id, o.result)
    ids.push(o.id)
  }
  connection.prepare(finishText(rows)).run(...padded(runs, rows * 8), at)
  connection.prepare(keepText(rows)).run(...padded(kept, rows * 2), at)
  connection.prepare(removeText(rows)).run(...padded(ids, rows))
}

/** Filled up with nulls: a row of nulls joins nothing. */
function padded(values: SqlValue[], length: number): readonly SqlValue[] {
  while (values.length < length) values.push(null)
  return values
}

function wonRun(outcome: CompletedOutcome, [, queue, type]: HeldRow): WonRun {
  return {
    queue,
    type,
    outcome: 'completed',
    startedAt: outcome.startedAt,
    waitMs: outcome.waitMs,
    runMs: outcome.runMs,
    cpuMs: outcome.cpuMs,
    memoryBytes: outcome.memoryBytes,
    memoryPeakBytes: outcome.memoryPeakBytes,
  }
}
