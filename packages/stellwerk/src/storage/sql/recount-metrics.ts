import { DAY_MS, HOUR_MS } from '../../domain/metrics/metric-tier.ts'
import type { CountDifference } from '../rollup-store.ts'
import { type Kysely, type RawBuilder, sql } from './kysely.ts'
import type { Database } from './tables.ts'

type Difference = Omit<CountDifference, 'shown' | 'recounted'> & {
  readonly shown: number | null
  readonly recounted: number | null
}

/** From when on (Unix ms), and what stands before each table's name: raw SQL, a quoted schema with its dot. */
export interface RecountRange {
  readonly since: number
  readonly prefix?: string
}

/**
 * Where tiers and rows disagree, at most 100 places. An hour counts what its rolled minutes count, as long as all its minutes are kept; a day what its rolled
 * hours count, as long as those are; and no kept row of a job may be missing from the figures. Figures may count more than rows are left: rows are retried,
 * forgotten and pruned, what ran has run.
 */
export async function recountMetrics(
  db: Kysely<Database>,
  { since, prefix = '' }: RecountRange,
): Promise<readonly CountDifference[]> {
  const found: Difference[] = []
  const rules = [...coarserTiers.map(coarserByFiner), rowsWithoutFigures]
  for (const rule of rules) {
    found.push(...(await rule(since, sql.raw(prefix)).execute(db)).rows)
  }
  return found.slice(0, 100).map((row) => ({
    ...row,
    at: Number(row.at),
    shown: Number(row.shown ?? 0),
    recounted: Number(row.recounted ?? 0),
  }))
}

/** A tier whose rows are the sums of a finer one. */
interface Coarser {
  readonly rule: string
  readonly unit: 'hour' | 'day'
  readonly finer: 'minute' | 'hour'
  readonly spanMs: number
}

const coarserTiers: readonly Coarser[] = [
  { rule: 'hour = its minutes', unit: 'hour', finer: 'minute', spanMs: HOUR_MS },
  { rule: 'day = its hours', unit: 'day', finer: 'hour', spanMs: DAY_MS },
]

/** From the first span on that begins at or after `since` and after the oldest finer row still kept. */
function coarserByFiner({ rule, unit, finer, spanMs }: Coarser) {
  const [start, fine, span] = [sql.raw(unit), sql.raw(finer), sql.lit(spanMs)]
  const [tier, finerTier] = [sql.raw(`${unit}_metric`), sql.raw(`${finer}_metric`)]
  return (since: number, s: RawBuilder<unknown>): RawBuilder<Difference> => sql<Difference>`
    WITH kept AS (SELECT coalesce(min(${fine}), ${sql.lit(Number.MAX_SAFE_INTEGER)}) AS oldest FROM ${s}${finerTier}),
    counted AS (
      SELECT ${fine} - ${fine} % ${span} AS start, queue, type, outcome, sum(count) AS n
        FROM ${s}${finerTier} WHERE rolled = 1 AND ${fine} >= ${since} GROUP BY 1, queue, type, outcome)
    SELECT ${sql.lit(rule)} AS rule, tier.${start} AS at, tier.queue AS queue, tier.type AS type, tier.outcome AS outcome,
           tier.count AS shown, counted.n AS recounted
      FROM ${s}${tier} AS tier CROSS JOIN kept
      LEFT JOIN counted ON counted.start = tier.${start} AND counted.queue = tier.queue AND counted.type = tier.type
                       AND counted.outcome = tier.outcome
     WHERE tier.${start} >= ${since} AND tier.${start} > kept.oldest AND tier.count <> coalesce(counted.n, 0)
     LIMIT 100`
}

/** Completed rows per day against what all tiers together count. A job that a rescue failed ended without a run, so failed rows are left out. */
function rowsWithoutFigures(since: number, s: RawBuilder<unknown>): RawBuilder<Difference> {
  const day = sql.lit(DAY_MS)
  return sql<Difference>`
    WITH figures AS (
      SELECT day, queue, type, sum(n) AS n FROM (
        SELECT day, queue, type, count AS n FROM ${s}day_metric WHERE outcome = 'completed' AND day >= ${since}
        UNION ALL SELECT hour - hour % ${day}, queue, type, count FROM ${s}hour_metric
                   WHERE rolled <> 1 AND outcome = 'completed' AND hour >= ${since}
        UNION ALL SELECT minute - minute % ${day}, queue, type, count FROM ${s}minute_metric
                   WHERE rolled <> 1 AND outcome = 'completed' AND minute >= ${since}) AS parts
       GROUP BY day, queue, type),
    kept AS (
      SELECT finished_at - finished_at % ${day} AS day, queue, type, count(*) AS n FROM ${s}finished_job
       WHERE state = 'completed' AND finished_at >= ${since} GROUP BY 1, queue, type)
    SELECT 'completed rows have their figures' AS rule, kept.day AS at, kept.queue AS queue, kept.type AS type, 'completed' AS outcome,
           figures.n AS shown, kept.n AS recounted
      FROM kept LEFT JOIN figures ON figures.day = kept.day AND figures.queue = kept.queue AND figures.type = kept.type
     WHERE kept.n > coalesce(figures.n, 0)
     LIMIT 100`
}
