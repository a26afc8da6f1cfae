import type { PostgresStatements } from './postgres-database.ts'

/** Owners of rows are looked at only where the claim is older than a lease: what a dead station left behind is, and what lies in a buffer is not. */
const lapsedStationsSql = (s: string): string => /* sql */ `
  WITH owner AS MATERIALIZED (
    SELECT DISTINCT station_id FROM ${s}.job WHERE state = 'processing' AND claimed_at <= ${s}.now_ms() - $1::bigint
  )
  SELECT * FROM (
    SELECT id, host FROM ${s}.station WHERE state = 'alive' AND alive_until < ${s}.now_ms()
    UNION
    SELECT o.station_id, st.host FROM owner AS o LEFT JOIN ${s}.station AS st ON st.id = o.station_id
     WHERE st.id IS NULL OR st.state = 'dead') AS lapsed
   WHERE clock_timestamp() - pg_postmaster_start_time() >= $1::bigint * interval '1 millisecond'`

/** Stations whose jobs someone should rescue. */
export type LapsedStations = (
  db: PostgresStatements,
  leaseMs: number,
) => Promise<readonly { readonly id: string; readonly host: string | null }[]>

/** Empty until the server has been up for `leaseMs`: after an outage the first one back must not declare all others dead. */
export function createLapsedStations(schema: string): LapsedStations {
  const sql = lapsedStationsSql(schema)
  return (db, leaseMs) => db.query(sql, [Math.round(leaseMs)])
}
