import type { JobState, LiveState } from '../../domain/job/job-state.ts'
import type { JobFilter, JobPage } from '../job-store.ts'
import { type Kysely, type RawBuilder, sql } from './kysely.ts'
import { failedColumns, finishedColumns, liveColumns, type SummaryRow, toJobSummary } from './summary-columns.ts'
import type { Database } from './tables.ts'

/** How many rows of each table a filter may look through where no index serves it. */
export const SCAN_BOUND = 100_000

const finishedStates = ['completed', 'cancelled'] as const
const liveStates = ['scheduled', 'pending', 'blocked', 'processing', 'retrying'] as const

/**
 * One page, newest id first, merged over the three tables by one statement. Where a filter has to look through rows it looks through so many and no more, and the
 * next page goes on behind them: such a page may be short, even empty, and yet not the last.
 */
export async function listJobs(db: Kysely<Database>, filter: JobFilter): Promise<JobPage> {
  const above = await scanFloor(db, filter)
  const span = { ...filter, above }
  const branches = [liveBranch(db, span), failedBranch(db, span), finishedBranch(db, span)]
  const [first, ...others] = branches.filter((branch) => branch !== undefined)
  if (first === undefined) return { jobs: [], nextBeforeId: null, scanned: null }
  const merged = others.reduce((query, branch) => query.unionAll(branch), first)
  const rows: SummaryRow[] = await merged
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const jobs = rows.slice(0, filter.limit).map(toJobSummary)
  const isFull = rows.length > filter.limit
  const behind = above === null ? null : above + 1
  return {
    jobs,
    nextBeforeId: isFull ? (jobs.at(-1)?.id ?? null) : behind,
    scanned: above !== null || scansFinished(filter) ? SCAN_BOUND : null,
  }
}

/** A filter and the id at and below which its page does not look, null where it may look at all. */
interface Span extends JobFilter {
  readonly above: number | null
}

function wants<S extends JobState>(filter: JobFilter, states: readonly S[]): readonly S[] {
  return filter.states === undefined ? states : states.filter((state) => filter.states?.includes(state))
}

function narrows(filter: JobFilter): boolean {
  return [filter.queue, filter.queues, filter.type, filter.createdFrom, filter.createdTo].some((f) => f !== undefined)
}

function scansLive(filter: JobFilter): boolean {
  const states = wants(filter, liveStates)
  if (states.length === 0 || isProcessingOnly(states)) return false
  return narrows(filter) || states.length < liveStates.length
}

function scansFailed(filter: JobFilter): boolean {
  return narrows(filter) && (filter.states?.includes('failed') ?? true)
}

function scansFinished(filter: JobFilter): boolean {
  const states = wants(filter, finishedStates)
  return states.length === 1 || (states.length > 1 && narrows(filter))
}

/** States as literals, of a closed set: a bound value cannot choose a partial index. */
function literals<S extends JobState>(states: readonly S[]): readonly RawBuilder<S>[] {
  return states.map((state) => sql.lit(state))
}

/** The highest of the floors of the tables that must be looked through: above it every branch is complete. */
async function scanFloor(db: Kysely<Database>, filter: JobFilter): Promise<number | null> {
  const floors = await Promise.all([
    scansLive(filter) ? floorOf(db, 'job', filter) : null,
    scansFailed(filter) ? floorOf(db, 'failed_job', filter) : null,
    scansFinished(filter) ? floorOf(db, 'finished_job', filter) : null,
  ])
  const found = floors.filter((floor) => floor !== null)
  return found.length === 0 ? null : Math.max(...found)
}

/** Counted along the primary key: ids of jobs that are gone leave holes of any size. */
async function floorOf(
  db: Kysely<Database>,
  table: 'job' | 'failed_job' | 'finished_job',
  { beforeId }: JobFilter,
): Promise<number | null> {
  let query = db.selectFrom(table).select('id')
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  const row = await query.orderBy('id', 'desc').offset(SCAN_BOUND).limit(1).executeTakeFirst()
  return row === undefined ? null : Number(row.id)
}

function liveBranch(db: Kysely<Database>, filter: Span) {
  const states: readonly LiveState[] = wants(filter, liveStates)
  if (states.length === 0) return undefined
  let query = db.selectFrom('job').select(liveColumns)
  const [only, ...others] = literals(states)
  // SQLite finds a partial index by this very comparison alone.
  if (only !== undefined && others.length === 0) query = query.where('state', '=', only)
  else if (states.length < liveStates.length) query = query.where('state', 'in', literals(states))
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.queues !== undefined) query = query.where(isOneOf(filter.queues))
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', filter.createdTo)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  if (filter.above !== null) query = query.where('id', '>', filter.above)
  const newest = query.orderBy(isProcessingOnly(states) ? FEW_BY_ID : sql`id`, 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

/** An empty list is no SQL in every dialect. */
function isOneOf(queues: readonly string[]): RawBuilder<boolean> {
  return queues.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`queue IN (${sql.join(queues)})`
}

/** Keeps a planner from walking all live rows by id: the few that are processing have an index of their own. */
const FEW_BY_ID = sql`id + 0`

function isProcessingOnly(states: readonly LiveState[]): boolean {
  return states.length === 1 && states[0] === 'processing'
}

function failedBranch(db: Kysely<Database>, filter: Span) {
  if (filter.states !== undefined && !filter.states.includes('failed')) return undefined
  let query = db.selectFrom('failed_job').select(failedColumns)
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.queues !== undefined) query = query.where(isOneOf(filter.queues))
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', filter.createdTo)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  if (filter.above !== null) query = query.where('id', '>', filter.above)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

function finishedBranch(db: Kysely<Database>, filter: Span) {
  const states = wants(filter, finishedStates)
  if (states.length === 0) return undefined
  let query = db.selectFrom('finished_job').select(finishedColumns)
  if (states.length < finishedStates.length) query = query.where('state', 'in', literals(states))
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.queues !== undefined) query = query.where(isOneOf(filter.queues))
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', filter.createdTo)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  if (filter.above !== null) query = query.where('id', '>', filter.above)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}
