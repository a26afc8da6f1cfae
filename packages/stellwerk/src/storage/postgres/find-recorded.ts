import type { Outcome } from '../outcome-store.ts'
import { textArray, wholeNumberArray } from './array-literals.ts'
import type { PostgresStatements } from './postgres-database.ts'

/** Each kind leaves a trace of this claim that stays whatever becomes of its job: a history row, or an attempt row. */
const findRecordedSql = (s: string): string => /* sql */ `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[]) WITH ORDINALITY AS i(id, claim_seq, kind, ord)
  )
  SELECT i.ord FROM input AS i JOIN ${s}.finished_job AS f ON f.id = i.id AND f.claim_seq = i.claim_seq
   WHERE i.kind IN ('completed', 'cancelled') AND f.station_id = $4
  UNION ALL
  SELECT i.ord FROM input AS i JOIN ${s}.archived_job AS a ON a.id = i.id AND a.claim_seq = i.claim_seq
   WHERE i.kind = 'completed' AND a.station_id = $4
  UNION ALL
  SELECT i.ord FROM input AS i JOIN ${s}.every_job_attempt AS a ON a.job_id = i.id AND a.claim_seq = i.claim_seq
   WHERE i.kind IN ('retrying', 'failed', 'crashed') AND a.station_id = $4 AND (a.kind = 'crash') = (i.kind = 'crashed')`

/** 1-based places of those outcomes that an earlier settlement, whose commit was unclear, has recorded after all. */
export type FindRecorded = (
  db: PostgresStatements,
  stationId: string,
  outcomes: readonly Outcome[],
) => Promise<ReadonlySet<number>>

/** Read-only; outcomes that leave no trace (given back) are never found. */
export function createFindRecorded(schema: string): FindRecorded {
  const sql = findRecordedSql(schema)
  return async (db, stationId, outcomes) => {
    if (outcomes.length === 0) return new Set()
    const found = await db.query<{ ord: number }>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      textArray(outcomes.map((outcome) => outcome.kind)),
      stationId,
    ])
    return new Set(found.map(({ ord }) => ord))
  }
}
