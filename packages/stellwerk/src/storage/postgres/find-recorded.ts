import type { Outcome } from '../outcome-store.ts'
import { textArray, wholeNumberArray } from './array-literals.ts'
import type { PostgresStatements } from './postgres-database.ts'
import type { SettledGroup } from './settled-group.ts'

/** Each kind leaves its own trace: a history row, a failed row, or an attempt row of this claim. */
const findRecordedSql = (s: string): string => /* sql */ `
  WITH input AS MATERIALIZED (
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[]) WITH ORDINALITY AS i(id, claim_seq, kind, ord)
  ),
  recorded AS (
    SELECT f.queue, f.type, i.ord FROM input AS i JOIN ${s}.finished_job AS f ON f.id = i.id AND f.claim_seq = i.claim_seq
     WHERE i.kind IN ('completed', 'cancelled') AND f.station_id = $4
    UNION ALL
    SELECT a.queue, a.type, i.ord FROM input AS i JOIN ${s}.archived_job AS a ON a.id = i.id AND a.claim_seq = i.claim_seq
     WHERE i.kind = 'completed' AND a.station_id = $4
    UNION ALL
    SELECT coalesce(f.origin_queue, f.queue), f.type, i.ord FROM input AS i JOIN ${s}.failed_job AS f ON f.id = i.id AND f.claim_seq = i.claim_seq
     WHERE i.kind = 'failed' AND f.station_id = $4
    UNION ALL
    SELECT j.queue, j.type, i.ord FROM input AS i JOIN ${s}.job_attempt_by_day AS a ON a.job_id = i.id AND a.claim_seq = i.claim_seq
      JOIN ${s}.job AS j ON j.id = i.id
     WHERE i.kind = 'retrying' AND a.station_id = $4 AND a.kind <> 'crash'
    UNION ALL
    SELECT j.queue, j.type, i.ord FROM input AS i JOIN ${s}.job_attempt AS a ON a.job_id = i.id AND a.claim_seq = i.claim_seq
      JOIN (SELECT id, queue, type FROM ${s}.job UNION ALL SELECT id, coalesce(origin_queue, queue), type FROM ${s}.failed_job) AS j ON j.id = i.id
     WHERE i.kind = 'crashed' AND a.station_id = $4
  )
  SELECT queue, type, array_agg(ord) AS ords, ${s}.now_ms() AS at FROM recorded GROUP BY queue, type`

/** Which of these outcomes an earlier settlement, whose commit was unclear, has recorded after all. */
export type FindRecorded = (
  db: PostgresStatements,
  stationId: string,
  outcomes: readonly Outcome[],
) => Promise<readonly SettledGroup[]>

/** Read-only; outcomes that leave no trace (given back) are never found. */
export function createFindRecorded(schema: string): FindRecorded {
  const sql = findRecordedSql(schema)
  return async (db, stationId, outcomes) => {
    if (outcomes.length === 0) return []
    return await db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      textArray(outcomes.map((outcome) => outcome.kind)),
      stationId,
    ])
  }
}
