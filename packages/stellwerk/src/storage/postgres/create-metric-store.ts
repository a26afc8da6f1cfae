import type { Tally } from '../../domain/metrics/tally.ts'
import type { MetricStore, QueueHead } from '../metric-store.ts'
import type { ColdReads } from './cold-reads.ts'
import { foldTallies } from './fold-tallies.ts'
import type { PostgresDatabase } from './postgres-database.ts'

/** Counters and what is not folded into them yet, in one statement, so that a fold between cannot be seen twice or not at all. */
const talliesSql = (s: string): string => /* sql */ `
  SELECT queue, type, state, sum(n) AS count
    FROM (SELECT queue, type, state, count AS n FROM ${s}.tally
          UNION ALL SELECT queue, type, state, delta FROM ${s}.tally_delta) AS counted
   GROUP BY queue, type, state HAVING sum(n) <> 0
   ORDER BY queue, type, state`

/** Loose index scan over the lanes, as laneHeads does it: one descent each; the queue's oldest is the least of its lanes' heads. */
const queueHeadsSql = (s: string): string => /* sql */ `
  WITH RECURSIVE head AS (
    (SELECT lane, queue, run_at FROM ${s}.job WHERE state = 'pending' ORDER BY lane, position, id LIMIT 1)
    UNION ALL
    SELECT next.* FROM head CROSS JOIN LATERAL (
      SELECT lane, queue, run_at FROM ${s}.job WHERE state = 'pending' AND lane > head.lane ORDER BY lane, position, id LIMIT 1) AS next
  )
  SELECT queue, min(run_at) AS "oldestRunAt" FROM head GROUP BY queue ORDER BY queue`

/** The role of everyone who reads figures. */
export function createMetricStore(db: PostgresDatabase, reads: ColdReads): MetricStore {
  const tallies = talliesSql(db.schema)
  const queueHeads = queueHeadsSql(db.schema)
  return {
    tallies: () => db.query<Tally>(tallies),
    recount: () => reads.read(({ recountTallies }, kysely) => recountTallies(kysely)),
    foldTallies: () => foldTallies(db),
    minutes: (filter) => reads.read(({ listMinutes }, kysely) => listMinutes(kysely, filter)),
    queueHeads: () => db.query<QueueHead>(queueHeads),
    now: () => reads.now(),
  }
}
