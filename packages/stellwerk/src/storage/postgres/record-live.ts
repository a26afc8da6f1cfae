import type { LogAppend, ProgressUpdate } from '../outcome-store.ts'
import { numberArray, textArray } from './array-literals.ts'
import { heldClaim } from './held-claim.ts'
import type { Statement } from './write-minute-metrics.ts'

/** A chunk that is there already was written by an attempt whose commit was unclear: it holds the same lines. */
const appendLogsSql = (s: string): string => /* sql */ `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::text[], $6::int[])
      AS i(job_id, claim_seq, attempt, chunk, lines, drop_below)
  ),
  dropped AS (
    DELETE FROM ${s}.job_log AS l USING (SELECT job_id, claim_seq, max(drop_below) AS below FROM input GROUP BY 1, 2) AS d
     WHERE l.job_id = d.job_id AND l.claim_seq = d.claim_seq AND l.chunk < d.below
  )
  INSERT INTO ${s}.job_log (job_id, claim_seq, attempt, chunk, lines)
  SELECT job_id, claim_seq, attempt, chunk, lines FROM input
   WHERE chunk >= (SELECT max(o.drop_below) FROM input AS o WHERE o.job_id = input.job_id AND o.claim_seq = input.claim_seq)
  ON CONFLICT (job_id, claim_seq, chunk) DO NOTHING`

/** Progress is dropped silently where the claim is not the newest any more. */
const recordProgressSql = (s: string): string => /* sql */ `
  UPDATE ${s}.job AS j SET progress = i.progress, progress_note = i.note
    FROM unnest($1::bigint[], $2::int[], $3::smallint[], $4::text[]) AS i(id, claim_seq, progress, note)
   WHERE j.id = i.id AND ${heldClaim}`

/** Appends log chunks, dropping older ones of the same attempt where asked. */
export function createAppendLogs(schema: string): (logs: readonly LogAppend[]) => Statement {
  const text = appendLogsSql(schema)
  return (logs) => ({
    text,
    values: [
      numberArray(logs.map((log) => log.jobId)),
      numberArray(logs.map((log) => log.claimSeq)),
      numberArray(logs.map((log) => log.attempt)),
      numberArray(logs.map((log) => log.chunk)),
      textArray(logs.map((log) => log.lines)),
      numberArray(logs.map((log) => log.dropBelowChunk)),
    ],
  })
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
