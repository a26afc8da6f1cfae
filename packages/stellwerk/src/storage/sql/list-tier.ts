import type { MarkedRow } from '../../domain/metrics/plan-roll.ts'
import type { TierFilter } from '../rollup-store.ts'
import { figureColumns, toMetricRow } from './figure-columns.ts'
import { type Kysely, sql } from './kysely.ts'
import type { Database } from './tables.ts'

/** Rows of a tier with what finer tiers hold beside it, by one statement, so that what is rolled at the same time is seen once. By time. */
export async function listTier(db: Kysely<Database>, filter: TierFilter): Promise<readonly MarkedRow[]> {
  const fresh = freshMinutes(db, filter)
  const rows =
    filter.tier === 'hour'
      ? await hours(db, filter).unionAll(fresh).orderBy('start').execute()
      : await days(db, filter).unionAll(freshHours(db, filter)).unionAll(fresh).orderBy('start').execute()
  return rows.map((row) => ({ ...toMetricRow(row), rolled: row.rolled }))
}

const whole = sql<0 | 1 | 2>`1`

function days(db: Kysely<Database>, { from, to, queue, type }: TierFilter) {
  let query = db
    .selectFrom('day_metric')
    .select(['day as start', whole.as('rolled')])
    .select(figureColumns)
  query = query.where('day', '>=', from).where('day', '<', to)
  if (queue !== undefined) query = query.where('queue', '=', queue)
  return type === undefined ? query : query.where('type', '=', type)
}

function hours(db: Kysely<Database>, { from, to, queue, type }: TierFilter) {
  let query = db
    .selectFrom('hour_metric')
    .select(['hour as start', whole.as('rolled')])
    .select(figureColumns)
  query = query.where('hour', '>=', from).where('hour', '<', to)
  if (queue !== undefined) query = query.where('queue', '=', queue)
  return type === undefined ? query : query.where('type', '=', type)
}

function freshHours(db: Kysely<Database>, filter: TierFilter) {
  return hours(db, filter).where('rolled', '<>', sql.lit(1))
}

/** The mark is a literal: a bound value cannot choose the partial index. */
function freshMinutes(db: Kysely<Database>, { from, to, queue, type }: TierFilter) {
  let query = db
    .selectFrom('minute_metric')
    .select((eb) => ['minute as start', eb.ref('minute_metric.rolled').$castTo<0 | 1 | 2>().as('rolled')])
    .select(figureColumns)
  query = query.where('minute', '>=', from).where('minute', '<', to).where('rolled', '<>', sql.lit(1))
  if (queue !== undefined) query = query.where('queue', '=', queue)
  return type === undefined ? query : query.where('type', '=', type)
}

/** The oldest minute that is not part of its hour yet. */
export async function oldestUnrolled(db: Kysely<Database>): Promise<number | null> {
  const row = await db
    .selectFrom('minute_metric')
    .select('minute')
    .where('rolled', '<>', sql.lit(1))
    .orderBy('minute')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : Number(row.minute)
}
