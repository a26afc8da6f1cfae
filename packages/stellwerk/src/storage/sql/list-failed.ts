import type { FailedSelection } from '../failed-job-store.ts'
import type { JobPage } from '../job-store.ts'
import type { BoundedCount, FailedPageFilter } from '../page-store.ts'
import { isAnyOf } from './any-of.ts'
import { type Kysely, type RawBuilder, sql } from './kysely.ts'
import { SCAN_BOUND } from './list-jobs.ts'
import { failedColumns, type SummaryRow, toJobSummary } from './summary-columns.ts'
import type { Database } from './tables.ts'

/** A page of failed jobs, newest id first. Where no index serves it, it looks through so many rows and no more, and the next page goes on behind them. */
export async function listFailed(db: Kysely<Database>, filter: FailedPageFilter): Promise<JobPage> {
  const { selection, limit } = filter
  const beforeId = lowest(filter.beforeId, selection.toId === undefined ? undefined : selection.toId + 1)
  const floor = scans(selection) ? await scanFloor(db, beforeId) : null
  let query = db.selectFrom('failed_job').select(failedColumns)
  for (const condition of conditions(selection)) query = query.where(condition)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  if (floor !== null) query = query.where('id', '>', floor)
  const rows: SummaryRow[] = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const jobs = rows.slice(0, limit).map(toJobSummary)
  const behind = floor === null ? null : floor + 1
  return {
    jobs,
    nextBeforeId: rows.length > limit ? (jobs.at(-1)?.id ?? null) : behind,
    scanned: floor === null ? null : SCAN_BOUND,
  }
}

/** Counts up to `atMost` among the newest 100,000: capped where either bound was met. */
export async function countFailedUpTo(
  db: Kysely<Database>,
  selection: FailedSelection,
  atMost: number,
): Promise<BoundedCount> {
  const beforeId = selection.toId === undefined ? undefined : selection.toId + 1
  const floor = await scanFloor(db, beforeId)
  let query = db.selectFrom('failed_job').select('id')
  for (const condition of conditions(selection)) query = query.where(condition)
  if (floor !== null) query = query.where('id', '>', floor)
  const row = await db
    .selectFrom(query.orderBy('id', 'desc').limit(atMost).as('some'))
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .executeTakeFirst()
  const count = Number(row?.count ?? 0)
  return { count, isCapped: count === atMost || (floor !== null && (selection.fromId ?? 0) <= floor) }
}

function scans({ queue, queues, type, failedFrom, failedTo }: FailedSelection): boolean {
  return [queue, queues, type, failedFrom, failedTo].some((part) => part !== undefined)
}

function lowest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Math.min(one, other)
}

/** Along the primary key: ids of jobs that are gone leave holes of any size. Null where there are fewer rows. */
async function scanFloor(db: Kysely<Database>, beforeId: number | undefined): Promise<number | null> {
  let query = db.selectFrom('failed_job').select('id')
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  const row = await query.orderBy('id', 'desc').offset(SCAN_BOUND).limit(1).executeTakeFirst()
  return row === undefined ? null : Number(row.id)
}

function conditions(selection: FailedSelection): readonly RawBuilder<boolean>[] {
  const { ids, fromId, toId, queue, queues, type, failedFrom, failedTo } = selection
  return [
    ids && isAnyOf('id', ids),
    fromId === undefined ? undefined : sql<boolean>`id >= ${fromId}`,
    toId === undefined ? undefined : sql<boolean>`id <= ${toId}`,
    queue === undefined ? undefined : sql<boolean>`queue = ${queue}`,
    queues && isAnyOf('queue', queues),
    type === undefined ? undefined : sql<boolean>`type = ${type}`,
    failedFrom === undefined ? undefined : sql<boolean>`failed_at >= ${failedFrom}`,
    failedTo === undefined ? undefined : sql<boolean>`failed_at < ${failedTo}`,
  ].filter((condition) => condition !== undefined)
}
