/**
 * The last CTEs of a settling statement and what it returns. `ended` gives of each outcome that won: queue, type, state, counted_in (the queue that counts it from now on)
 * and ord. A CTE `moment` says the time.
 */
export function countedGroups(s: string, ended: string): string {
  return /* sql */ `
  grouped AS MATERIALIZED (
    SELECT queue, type, state, counted_in, array_agg(ord) AS ords FROM (${ended}) AS ended GROUP BY queue, type, state, counted_in
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT side.queue, type, side.state, side.sign * cardinality(ords)
      FROM grouped CROSS JOIN LATERAL (VALUES (grouped.queue, 'processing', -1), (counted_in, grouped.state, 1)) AS side(queue, state, sign)
  )
  SELECT queue, type, state, ords, (SELECT at FROM moment) AS at FROM grouped`
}
