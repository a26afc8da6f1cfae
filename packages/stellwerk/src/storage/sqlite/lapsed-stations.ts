import type { SqliteConnection } from './connection.ts'

/** Owners of processing rows by a loose scan of the holders' index: one step per owner, not per job. */
const LAPSED = /* sql */ `
  WITH RECURSIVE owner (id) AS (
    SELECT min(station_id) FROM job WHERE state = 'processing'
    UNION ALL
    SELECT (SELECT min(job.station_id) FROM job WHERE job.state = 'processing' AND job.station_id > owner.id)
      FROM owner WHERE owner.id IS NOT NULL)
  SELECT id, host FROM station WHERE state = 'alive' AND alive_until < ?
  UNION
  SELECT owner.id, station.host FROM owner LEFT JOIN station ON station.id = owner.id
   WHERE owner.id IS NOT NULL AND (station.state IS NULL OR station.state = 'dead')`

/** Stations whose lease has run out, dead ones that still own processing rows, and owners without a row (host null). */
export function lapsedStations(
  connection: SqliteConnection,
): readonly { readonly id: string; readonly host: string | null }[] {
  const rows = connection.prepare<[string, string | null]>(LAPSED).all(connection.nowMs())
  return rows.map(([id, host]) => ({ id, host }))
}
