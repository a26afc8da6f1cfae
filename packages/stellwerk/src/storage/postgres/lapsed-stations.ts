import type { PostgresStatements } from './postgres-database.ts'

/** Owners of processing rows come by a loose index scan over the holders' index: its cost grows with the stations. */
const lapsedStationsSql = (s: string): string => /* sql */ `
  WITH RECURSIVE owner AS (
    (SELECT station_id FROM ${s}.job WHERE state = 'processing' ORDER BY station_id LIMIT 1)
    UNION ALL
    SELECT next.station_id FROM owner CROSS JOIN LATERAL (
      SELECT station_id FROM ${s}.job WHERE state = 'processing' AND station_id > owner.station_id ORDER BY station_id LIMIT 1) AS next
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
