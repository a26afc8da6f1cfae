import type { CountDifference } from '../rollup-store.ts'
import { type Kysely, type RawBuilder, sql } from './kysely.ts'
import type { Database } from './tables.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

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
  for (const rule of [hoursByMinutes, daysByHours, rowsWithoutFigures]) {
    found.push(...(await rule(since, sql.raw(prefix)).execute(db)).rows)
  }
  return found.slice(0, 100).map((row) => ({
    ...row,
    at: Number(row.at),
    shown: Number(row.shown ?? 0),
    recounted: Number(row.recounted ?? 0),
  }))
}

/** From the first hour on that begins at or after `since` and after the oldest minute still kept. */
function hoursByMinutes(since: number, s: RawBuilder<unknown>): RawBuilder<Difference> {
  return sql<Difference>`
    WITH kept AS (SELECT coalesce(min(minute), ${sql.lit(Number.MAX_SAFE_INTEGER)}) AS oldest FROM ${s}minute_metric),
    counted AS (
      SELECT minute - minute % ${sql.lit(HOUR_MS)} AS hour, queue, type, outcome, sum(count) AS n
        FROM ${s}minute_metric WHERE rolled = 1 AND minute >= ${since} GROUP BY 1, queue, type, outcome)
    SELECT 'hour = its minutes' AS rule, hour_metric.hour AS at, hour_metric.queue AS queue, hour_metric.type AS type,
           hour_metric.outcome AS outcome, hour_metric.count AS shown, counted.n AS recounted
      FROM ${s}hour_metric AS hour_metric CROSS JOIN kept
      LEFT JOIN counted ON counted.hour = hour_metric.hour AND counted.queue = hour_metric.queue AND counted.type = hour_metric.type
                       AND counted.outcome = hour_metric.outcome
     WHERE hour_metric.hour >= ${since} AND hour_metric.hour > kept.oldest AND hour_metric.count <> coalesce(counted.n, 0)
     LIMIT 100`
}

function daysByHours(since: number, s: RawBuilder<unknown>): RawBuilder<Difference> {
  return sql<Difference>`
    WITH kept AS (SELECT coalesce(min(hour), ${sql.lit(Number.MAX_SAFE_INTEGER)}) AS oldest FROM ${s}hour_metric),
    counted AS (
      SELECT hour - hour % ${sql.lit(DAY_MS)} AS day, queue, type, outcome, sum(count) AS n
        FROM ${s}hour_metric WHERE rolled = 1 AND hour >= ${since} GROUP BY 1, queue, type, outcome)
    SELECT 'day = its hours' AS rule, day_metric.day AS at, day_metric.queue AS queue, day_metric.type AS type,
           day_metric.outcome AS outcome, day_metric.count AS shown, counted.n AS recounted
      FROM ${s}day_metric AS day_metric CROSS JOIN kept
      LEFT JOIN counted ON counted.day = day_metric.day AND counted.queue = day_metric.queue AND counted.type = day_metric.type
                       AND counted.outcome = day_metric.outcome
     WHERE day_metric.day >= ${since} AND day_metric.day > kept.oldest AND day_metric.count <> coalesce(counted.n, 0)
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
