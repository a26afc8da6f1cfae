import type { ReturnedOutcome, SnoozedOutcome } from '../outcome-store.ts'
import { numberArray, wholeNumberArray } from './array-literals.ts'
import { heldClaim } from './held-claim.ts'
import type { PostgresStatements } from './postgres-database.ts'
import type { SettledGroup } from './settled-group.ts'

/** A delay of NULL is a job given back: it keeps its place and whatever it is suspected of; one that snoozed has ended by itself. */
const settleGivenBackSql = (s: string): string => /* sql */ `
  WITH moment AS MATERIALIZED (SELECT ${s}.now_ms() AS at),
  won AS (
    UPDATE ${s}.job AS j
       SET state = CASE WHEN i.delay_ms IS NULL THEN 'pending' ELSE 'scheduled' END, attempt = attempt - 1, solo = solo AND i.delay_ms IS NULL,
           run_at = coalesce(m.at + i.delay_ms, j.run_at), position = coalesce(m.at + i.delay_ms - j.weight * 1000::bigint, j.position),
           claimed_at = NULL, station_id = NULL, worker_id = NULL
      FROM unnest($1::bigint[], $2::int[], $3::bigint[]) WITH ORDINALITY AS i(id, claim_seq, delay_ms, ord) CROSS JOIN moment AS m
     WHERE j.id = i.id AND ${heldClaim}
    RETURNING j.queue, j.type, j.state, i.ord
  ),
  grouped AS MATERIALIZED (SELECT queue, type, state, array_agg(ord) AS ords FROM won GROUP BY queue, type, state),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign * cardinality(ords)
      FROM grouped CROSS JOIN LATERAL (VALUES ('processing', -1), (grouped.state, 1)) AS side(state, sign)
  )
  SELECT queue, type, ords, (SELECT at FROM moment) AS at FROM grouped`

/** Gives claims back. */
export type SettleGivenBack = (
  db: PostgresStatements,
  outcomes: readonly (ReturnedOutcome | SnoozedOutcome)[],
) => Promise<readonly SettledGroup[]>

/** T7 for many at once: to pending where they were, or to scheduled after a delay; the attempt is restored, no budget is touched. */
export function createSettleGivenBack(schema: string): SettleGivenBack {
  const sql = settleGivenBackSql(schema)
  return (db, outcomes) =>
    db.query<SettledGroup>(sql, [
      wholeNumberArray(outcomes.map((outcome) => outcome.id)),
      wholeNumberArray(outcomes.map((outcome) => outcome.claimSeq)),
      numberArray(outcomes.map((outcome) => (outcome.kind === 'snoozed' ? outcome.delayMs : null))),
    ])
}
