import type { WonRun } from '../../domain/metrics/won-run.ts'
import type { CompletedOutcome } from '../outcome-store.ts'
import type { SettleRound } from './settle-round.ts'
import type { SqlValue } from './statement.ts'
import { holdingChunk, ROW_CHUNKS, textBySize, valueRows } from './value-rows.ts'

/** Which of these claims hold: asked only when fewer were finished than were told. The CROSS JOIN keeps the order: outcome first, then its job by id, and the plus keeps the index of processing jobs out of it. */
const heldText = textBySize(
  (rows) => /* sql */ `
  WITH told (id, claim_seq) AS (VALUES ${valueRows(rows, 2)})
  SELECT job.id
    FROM told CROSS JOIN job ON job.id = told.id
   WHERE job.claim_seq = told.claim_seq AND +job.state = 'processing'`,
)

/**
 * The guarded statement that decides (T5); its count says whether all have won. INSERT ... RETURNING would say which, but makes SQLite keep every
 * row twice. The write lock is held: what it took is still there for the statements after it. Statistics of a quiet moment say that few jobs are processing, and that
 * index would then be read from end to end for every outcome, but for the plus before `state`.
 */
const finishText = textBySize(
  (rows) => /* sql */ `
  WITH won (id, claim_seq, tries, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, worker_id) AS (VALUES ${valueRows(rows, 10)})
  INSERT INTO finished_job (id, type, queue, state, priority, attempt, tries, failures, crashes, claim_seq, created_at, run_at,
         claimed_at, finished_at, started_at, wait_ms, run_ms, cpu_ms, memory_bytes, memory_peak_bytes, station_id, worker_id,
         parent_id, run_id, batch_id, progress, progress_note)
  SELECT job.id, job.type, job.queue, 'completed', job.priority, job.attempt, won.tries, job.failures, job.crashes,
         job.claim_seq, job.created_at, job.run_at, job.claimed_at, ?, won.started_at, won.wait_ms, won.run_ms, won.cpu_ms,
         won.memory_bytes, won.memory_peak_bytes, job.station_id, won.worker_id, job.parent_id, job.run_id, job.batch_id,
         job.progress, job.progress_note
    FROM won CROSS JOIN job ON job.id = won.id
   WHERE job.claim_seq = won.claim_seq AND +job.state = 'processing'`,
)

const keepText = textBySize(
  (rows) => /* sql */ `
  WITH won (id, result) AS (VALUES ${valueRows(rows, 2)})
  INSERT INTO finished_payload (id, finished_at, payload, result, options, weight, type_version, max_crashes)
  SELECT job.id, ?, job.payload, won.result, job.options, job.weight, job.type_version, job.max_crashes
    FROM won CROSS JOIN job ON job.id = won.id`,
)

const removeText = textBySize((rows) => `DELETE FROM job WHERE id IN ${valueRows(1, rows)}`)

/** T5 for all of them: to finished_job and finished_payload, out of job. */
export function settleCompleted(round: SettleRound, outcomes: readonly CompletedOutcome[]): void {
  const { told, doubles } = splitDoubles(outcomes)
  for (let from = 0; from < told.length; from += ROW_CHUNKS[0]) {
    const chunk = told.slice(from, from + ROW_CHUNKS[0])
    const winners = finish(round, chunk) === chunk.length ? chunk : heldOnes(round, chunk)
    noteWon(round, winners)
    if (winners.length > 0) moveOut(round, winners)
  }
  round.refused.push(...doubles)
}

/** A job ends once in a flush, by the first outcome of its newest claim; every other one is refused. */
function splitDoubles(outcomes: readonly CompletedOutcome[]): {
  readonly told: readonly CompletedOutcome[]
  readonly doubles: readonly CompletedOutcome[]
} {
  const newest = new Map<number, CompletedOutcome>()
  for (const outcome of outcomes) {
    if (outcome.claimSeq > (newest.get(outcome.id)?.claimSeq ?? -1)) newest.set(outcome.id, outcome)
  }
  if (newest.size === outcomes.length) return { told: outcomes, doubles: [] }
  const told = new Set(newest.values())
  const untold = new Set(told)
  return { told: [...told], doubles: outcomes.filter((outcome) => !untold.delete(outcome)) }
}

/** Returns how many won. */
function finish({ connection, at }: SettleRound, chunk: readonly CompletedOutcome[]): number {
  const rows = holdingChunk(chunk.length)
  const runs: SqlValue[] = []
  for (const o of chunk) {
    runs.push(o.id, o.claimSeq, o.tries, o.startedAt, o.waitMs, o.runMs, o.cpuMs, o.memoryBytes, o.memoryPeakBytes)
    runs.push(o.workerId ?? null)
  }
  return connection.prepare(finishText(rows)).run(...padded(runs, rows * 10), at)
}

function heldOnes(
  { connection, refused }: SettleRound,
  chunk: readonly CompletedOutcome[],
): readonly CompletedOutcome[] {
  const rows = holdingChunk(chunk.length)
  const values: SqlValue[] = []
  for (const outcome of chunk) values.push(outcome.id, outcome.claimSeq)
  const found = connection.prepare<[id: number]>(heldText(rows)).all(...padded(values, rows * 2))
  const held = new Set(found.map(([id]) => id))
  refused.push(...chunk.filter(({ id }) => !held.has(id)))
  return chunk.filter(({ id }) => held.has(id))
}

function noteWon({ tallies, won }: SettleRound, winners: readonly CompletedOutcome[]): void {
  for (const outcome of winners) {
    tallies.move(outcome, 'processing', 'completed')
    won.push(wonRun(outcome))
  }
}

function moveOut({ connection, at }: SettleRound, winners: readonly CompletedOutcome[]): void {
  const rows = holdingChunk(winners.length)
  const kept: SqlValue[] = []
  const ids: SqlValue[] = []
  for (const { id, result } of winners) {
    kept.push(id, result)
    ids.push(id)
  }
  connection.prepare(keepText(rows)).run(...padded(kept, rows * 2), at)
  connection.prepare(removeText(rows)).run(...padded(ids, rows))
}

/** Filled up with nulls: a row of nulls joins nothing. */
function padded(values: SqlValue[], length: number): readonly SqlValue[] {
  while (values.length < length) values.push(null)
  return values
}

function wonRun(outcome: CompletedOutcome): WonRun {
  return {
    queue: outcome.queue,
    type: outcome.type,
    outcome: 'completed',
    startedAt: outcome.startedAt,
    waitMs: outcome.waitMs,
    runMs: outcome.runMs,
    cpuMs: outcome.cpuMs,
    memoryBytes: outcome.memoryBytes,
    memoryPeakBytes: outcome.memoryPeakBytes,
  }
}
