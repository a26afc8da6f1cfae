import type { JobState, LiveState } from '../../domain/job/job-state.ts'
import type { JobFilter, JobMatch, JobPage } from '../job-store.ts'
import { isAnyOf } from './any-of.ts'
import { type Kysely, type RawBuilder, sql } from './kysely.ts'
import {
  archivedColumns,
  failedColumns,
  finishedColumns,
  liveColumns,
  type SummaryRow,
  toJobSummary,
} from './summary-columns.ts'
import type { Database } from './tables.ts'

/** How many rows of each table a filter may look through where no index serves it. */
export const SCAN_BOUND = 100_000
/** The same for a search, which looks at texts: a fraction of a second at most. */
export const SEARCH_BOUND = 25_000
/** Rows in which a page is looked for at first: most filters fill one from these, and finding where the whole bound ends would take longer. */
const FIRST_BOUND = 2_000

const failedStates = ['failed'] as const
const finishedStates = ['completed', 'cancelled'] as const
const liveStates = ['scheduled', 'pending', 'blocked', 'processing', 'retrying'] as const

/**
 * One page, newest id first, merged over the tables by one statement. Where a filter has to look through rows it looks through so many and no more, and the
 * next page goes on behind them: such a page may be short, even empty, and yet not the last.
 */
export async function listJobs(db: Kysely<Database>, filter: JobFilter): Promise<JobPage> {
  const first = await listWithin(db, filter, FIRST_BOUND)
  if (first.isFull || first.isWhole) return first.page
  // Goes on behind the first look, so that no row is looked at twice.
  const beforeId = Number(first.page.nextBeforeId)
  const limit = filter.limit - first.page.jobs.length
  const rest = await listWithin(db, { ...filter, beforeId, limit }, boundOf(filter) - FIRST_BOUND)
  const jobs = [...first.page.jobs, ...rest.page.jobs]
  return {
    ...rest.page,
    jobs,
    nextBeforeId: rest.isFull ? (jobs.at(-1)?.id ?? null) : rest.page.nextBeforeId,
    scanned: first.page.scanned,
  }
}

interface Looked {
  readonly page: JobPage
  readonly isFull: boolean
  /** Every table was looked through to its end. */
  readonly isWhole: boolean
}

/** One page from the newest `bound` rows of each table that has to be looked through. */
async function listWithin(db: Kysely<Database>, filter: JobFilter, bound: number): Promise<Looked> {
  const above = await scanFloor(db, filter, bound)
  const span = { ...filter, above }
  const branches = [liveBranch(db, span), failedBranch(db, span), finishedBranch(db, span), archivedBranch(db, span)]
  const [first, ...others] = branches.filter((branch) => branch !== undefined)
  if (first === undefined)
    return { page: { jobs: [], nextBeforeId: null, scanned: null }, isFull: false, isWhole: true }
  const merged = others.reduce((query, branch) => query.unionAll(branch), first)
  const rows: SummaryRow[] = await merged
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const jobs = rows.slice(0, filter.limit).map(toJobSummary)
  const isFull = rows.length > filter.limit
  const behind = above === null ? null : above + 1
  const scanned = above !== null || scansFinished(filter) ? boundOf(filter) : null
  const nextBeforeId = isFull ? (jobs.at(-1)?.id ?? null) : behind
  return { page: { jobs, nextBeforeId, scanned }, isFull, isWhole: above === null }
}

function boundOf({ match }: JobFilter): number {
  return match === undefined ? SCAN_BOUND : SEARCH_BOUND
}

/** A filter and the id at and below which its page does not look, null where it may look at all. */
interface Span extends JobFilter {
  readonly above: number | null
}

/** The states of those that a filter asks for, of jobs that are archived or of all others. */
function wants<S extends JobState>(filter: JobFilter, states: readonly S[], archived = false): readonly S[] {
  if (filter.archived !== undefined && filter.archived !== archived) return []
  if (isForErrorsOnly(filter) && !(states as readonly JobState[]).includes('failed')) return []
  return filter.states === undefined ? states : states.filter((state) => filter.states?.includes(state))
}

function narrows(filter: JobFilter): boolean {
  const { queue, queues, type, types, match, createdFrom, createdTo } = filter
  return [queue, queues, type, types, match, createdFrom, createdTo].some((part) => part !== undefined)
}

function scansLive(filter: JobFilter): boolean {
  const states = wants(filter, liveStates)
  if (states.length === 0 || isProcessingOnly(states)) return false
  return narrows(filter) || states.length < liveStates.length
}

function scansFailed(filter: JobFilter): boolean {
  return narrows(filter) && wants(filter, failedStates).length > 0
}

function scansFinished(filter: JobFilter, archived = false): boolean {
  const states = wants(filter, finishedStates, archived)
  return states.length === 1 || (states.length > 1 && narrows(filter))
}

/** States as literals, of a closed set: a bound value cannot choose a partial index. */
function literals<S extends JobState>(states: readonly S[]): readonly RawBuilder<S>[] {
  return states.map((state) => sql.lit(state))
}

/** The highest of the floors of the tables that must be looked through: above it every branch is complete. */
async function scanFloor(db: Kysely<Database>, filter: JobFilter, bound: number): Promise<number | null> {
  const { beforeId } = filter
  const floorIn = (table: JobTable) => floorOf(db, table, { beforeId, bound })
  const floors = await Promise.all([
    scansLive(filter) ? floorIn('job') : null,
    scansFailed(filter) ? floorIn('failed_job') : null,
    scansFinished(filter) ? floorIn('finished_job') : null,
    scansFinished(filter, true) ? floorIn('archived_job') : null,
  ])
  const found = floors.filter((floor) => floor !== null)
  return found.length === 0 ? null : Math.max(...found)
}

type JobTable = 'job' | 'failed_job' | 'finished_job' | 'archived_job'

interface Floor {
  readonly beforeId: number | undefined
  readonly bound: number
}

/** Counted along the primary key: ids of jobs that are gone leave holes of any size. */
async function floorOf(db: Kysely<Database>, table: JobTable, { beforeId, bound }: Floor): Promise<number | null> {
  let query = db.selectFrom(table).select('id')
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  const row = await query.orderBy('id', 'desc').offset(bound).limit(1).executeTakeFirst()
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
  for (const condition of narrowings(filter)) query = query.where(condition)
  const newest = query.orderBy(isProcessingOnly(states) ? FEW_BY_ID : sql`id`, 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

/** Everything a filter says beside the states. Only failed jobs have an error to be searched. */
function narrowings(filter: Span, hasError = false): readonly RawBuilder<boolean>[] {
  const { queue, queues, type, types, match, createdFrom, createdTo, beforeId, above } = filter
  return [
    queue === undefined ? undefined : sql<boolean>`queue = ${queue}`,
    queues && isAnyOf('queue', queues),
    type === undefined ? undefined : sql<boolean>`type = ${type}`,
    types && isAnyOf('type', types),
    match && matches(match, hasError),
    createdFrom === undefined ? undefined : sql<boolean>`created_at >= ${createdFrom}`,
    createdTo === undefined ? undefined : sql<boolean>`created_at < ${createdTo}`,
    beforeId === undefined ? undefined : sql<boolean>`id < ${beforeId}`,
    above === null ? undefined : sql<boolean>`id > ${above}`,
  ].filter((condition) => condition !== undefined)
}

function matches({ types, queues, error }: JobMatch, hasError: boolean): RawBuilder<boolean> {
  const ofKind = sql<boolean>`${isAnyOf('type', types)} or ${isAnyOf('queue', queues)}`
  if (!hasError) return sql<boolean>`(${ofKind})`
  const pattern = `%${error.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const has = (column: string): RawBuilder<boolean> =>
    sql<boolean>`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`
  return sql<boolean>`(${ofKind} or ${has('error_message')} or ${has('error_class')})`
}

/** Whether a search can only find failed jobs: nothing else has an error. */
function isForErrorsOnly({ match }: JobFilter): boolean {
  return match !== undefined && match.types.length === 0 && match.queues.length === 0
}

/** Keeps a planner from walking all live rows by id: the few that are processing have an index of their own. */
const FEW_BY_ID = sql`id + 0`

function isProcessingOnly(states: readonly LiveState[]): boolean {
  return states.length === 1 && states[0] === 'processing'
}

function failedBranch(db: Kysely<Database>, filter: Span) {
  if (wants(filter, failedStates).length === 0) return undefined
  let query = db.selectFrom('failed_job').select(failedColumns)
  for (const condition of narrowings(filter, true)) query = query.where(condition)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

function finishedBranch(db: Kysely<Database>, filter: Span) {
  const states = wants(filter, finishedStates)
  if (states.length === 0) return undefined
  let query = db.selectFrom('finished_job').select(finishedColumns)
  if (states.length < finishedStates.length) query = query.where('state', 'in', literals(states))
  for (const condition of narrowings(filter)) query = query.where(condition)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

function archivedBranch(db: Kysely<Database>, filter: Span) {
  const states = wants(filter, finishedStates, true)
  if (states.length === 0) return undefined
  let query = db.selectFrom('archived_job').select(archivedColumns)
  if (states.length < finishedStates.length) query = query.where('state', 'in', literals(states))
  for (const condition of narrowings(filter)) query = query.where(condition)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}
