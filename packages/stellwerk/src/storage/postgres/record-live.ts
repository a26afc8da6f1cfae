import { DAY_MS } from '../../domain/metrics/metric-tier.ts'
import type { LogAppend, ProgressUpdate } from '../outcome-store.ts'
import { numberArray, textArray, wholeNumberArray } from './array-literals.ts'
import { heldClaim } from './held-claim.ts'
import type { Statement } from './write-minute-metrics.ts'

/** A chunk that is there already was written by an attempt whose commit was unclear: it holds the same lines. On the day after it is written again, and read once. */
const appendLogsSql = (s: string): string => /* sql */ `
  INSERT INTO ${s}.job_log_by_day (day, job_id, claim_seq, attempt, chunk, lines)
  SELECT m.at - m.at % ${DAY_MS}, i.* FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::text[]) AS i CROSS JOIN (SELECT ${s}.now_ms() AS at OFFSET 0) AS m
  ON CONFLICT (job_id, claim_seq, chunk, day) DO NOTHING`

const dropLogsSql = (s: string): string => /* sql */ `
  WITH input AS MATERIALIZED (SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[]) AS i(job_id, claim_seq, below)),
  moved AS (
    DELETE FROM ${s}.job_log AS l USING input AS i WHERE l.job_id = i.job_id AND l.claim_seq = i.claim_seq AND l.chunk < i.below
  )
  DELETE FROM ${s}.job_log_by_day AS l USING input AS i WHERE l.job_id = i.job_id AND l.claim_seq = i.claim_seq AND l.chunk < i.below`

/** Progress is dropped silently where the claim is not the newest any more. */
const recordProgressSql = (s: string): string => /* sql */ `
  UPDATE ${s}.job AS j SET progress = i.progress, progress_note = i.note
    FROM unnest($1::bigint[], $2::int[], $3::smallint[], $4::text[]) AS i(id, claim_seq, progress, note)
   WHERE j.id = i.id AND ${heldClaim}`

/** Appends log chunks, dropping older ones of the same attempt where asked: the statements to send, in this order. */
export function createAppendLogs(schema: string): (logs: readonly LogAppend[]) => readonly Statement[] {
  const append = appendLogsSql(schema)
  const drop = dropLogsSql(schema)
  return (logs) => {
    const outgrown = outgrownAttempts(logs)
    const kept = logs.filter((log) => log.chunk >= (outgrown.get(attemptKey(log))?.dropBelowChunk ?? 0))
    const dropping = [...outgrown.values()]
    return [
      ...(dropping.length === 0 ? [] : [{ text: drop, values: dropValues(dropping) }]),
      ...(kept.length === 0 ? [] : [{ text: append, values: appendValues(kept) }]),
    ]
  }
}

/** By attempt, the append that drops the most. */
function outgrownAttempts(logs: readonly LogAppend[]): ReadonlyMap<string, LogAppend> {
  const outgrown = new Map<string, LogAppend>()
  for (const log of logs) {
    if (log.dropBelowChunk > (outgrown.get(attemptKey(log))?.dropBelowChunk ?? 0)) outgrown.set(attemptKey(log), log)
  }
  return outgrown
}

function attemptKey({ jobId, claimSeq }: LogAppend): string {
  return `${jobId}:${claimSeq}`
}

function appendValues(logs: readonly LogAppend[]): readonly string[] {
  return [
    wholeNumberArray(logs.map((log) => log.jobId)),
    wholeNumberArray(logs.map((log) => log.claimSeq)),
    wholeNumberArray(logs.map((log) => log.attempt)),
    wholeNumberArray(logs.map((log) => log.chunk)),
    textArray(logs.map((log) => log.lines)),
  ]
}

function dropValues(logs: readonly LogAppend[]): readonly string[] {
  return [
    wholeNumberArray(logs.map((log) => log.jobId)),
    wholeNumberArray(logs.map((log) => log.claimSeq)),
    wholeNumberArray(logs.map((log) => log.dropBelowChunk)),
  ]
}

/** Writes the newest progress of running jobs. */
export function createRecordProgress(schema: string): (progress: readonly ProgressUpdate[]) => Statement {
  const text = recordProgressSql(schema)
  return (progress) => ({
    text,
    values: [
      numberArray(progress.map((update) => update.jobId)),
      numberArray(progress.map((update) => update.claimSeq)),
      numberArray(progress.map((update) => update.progress)),
      textArray(progress.map((update) => update.note)),
    ],
  })
}
