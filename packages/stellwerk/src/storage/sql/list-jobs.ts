import type { JobState, LiveState } from '../../domain/job/job-state.ts'
import type { JobFilter, JobPage } from '../job-store.ts'
import { type Kysely, type RawBuilder, sql } from './kysely.ts'
import { failedColumns, finishedColumns, liveColumns, type SummaryRow, toJobSummary } from './summary-columns.ts'
import type { Database } from './tables.ts'

/** How many of the newest finished ids a filter may look through where no index serves it. */
export const SCAN_BOUND = 100_000

const finishedStates = ['completed', 'cancelled'] as const
const liveStates = ['scheduled', 'pending', 'blocked', 'processing', 'retrying'] as const

/** One page, newest id first, merged over the three tables by one statement. `scanned` is set where finished jobs were looked through only so far. */
export async function listJobs(db: Kysely<Database>, filter: JobFilter): Promise<JobPage> {
  const bounded = wants(filter, finishedStates).length > 0 && needsScan(filter)
  const above = bounded ? await scanFloor(db) : null
  const branches = [liveBranch(db, filter), failedBranch(db, filter), finishedBranch(db, filter, above)]
  const [first, ...others] = branches.filter((branch) => branch !== undefined)
  if (first === undefined) return { jobs: [], nextBeforeId: null, scanned: null }
  const merged = others.reduce((query, branch) => query.unionAll(branch), first)
  const rows: SummaryRow[] = await merged
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const jobs = rows.slice(0, filter.limit).map(toJobSummary)
  const more = rows.length > filter.limit
  return { jobs, nextBeforeId: more ? (jobs.at(-1)?.id ?? null) : null, scanned: bounded ? SCAN_BOUND : null }
}

function wants<S extends JobState>(filter: JobFilter, states: readonly S[]): readonly S[] {
  return filter.states === undefined ? states : states.filter((state) => filter.states?.includes(state))
}

function needsScan(filter: JobFilter): boolean {
  const oneFinishedState = wants(filter, finishedStates).length === 1
  return (
    oneFinishedState || [filter.queue, filter.type, filter.createdFrom, filter.createdTo].some((f) => f !== undefined)
  )
}

/** States as literals, of a closed set: a bound value cannot choose a partial index. */
function literals<S extends JobState>(states: readonly S[]): readonly RawBuilder<S>[] {
  return states.map((state) => sql.lit(state))
}

async function scanFloor(db: Kysely<Database>): Promise<number> {
  const { newest } = await db
    .selectFrom('finished_job')
    .select((eb) => eb.fn.max('id').as('newest'))
    .executeTakeFirstOrThrow()
  return Number(newest ?? 0) - SCAN_BOUND
}

function liveBranch(db: Kysely<Database>, filter: JobFilter) {
  const states: readonly LiveState[] = wants(filter, liveStates)
  if (states.length === 0) return undefined
  let query = db.selectFrom('job').select(liveColumns)
  if (states.length < liveStates.length) query = query.where('state', 'in', literals(states))
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', filter.createdTo)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  const newest = query.orderBy(isProcessingOnly(states) ? FEW_BY_ID : sql`id`, 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

/** Keeps a planner from walking all live rows by id: the few that are processing have an index of their own. */
const FEW_BY_ID = sql`id + 0`

function isProcessingOnly(states: readonly LiveState[]): boolean {
  return states.length === 1 && states[0] === 'processing'
}

function failedBranch(db: Kysely<Database>, filter: JobFilter) {
  if (filter.states !== undefined && !filter.states.includes('failed')) return undefined
  let query = db.selectFrom('failed_job').select(failedColumns)
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', filter.createdTo)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}

function finishedBranch(db: Kysely<Database>, filter: JobFilter, above: number | null) {
  const states = wants(filter, finishedStates)
  if (states.length === 0) return undefined
  let query = db.selectFrom('finished_job').select(finishedColumns)
  if (states.length < finishedStates.length) query = query.where('state', 'in', literals(states))
  if (filter.queue !== undefined) query = query.where('queue', '=', filter.queue)
  if (filter.type !== undefined) query = query.where('type', '=', filter.type)
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', filter.createdTo)
  if (filter.beforeId !== undefined) query = query.where('id', '<', filter.beforeId)
  if (above !== null) query = query.where('id', '>', above)
  const newest = query.orderBy('id', 'desc').limit(filter.limit + 1)
  return db.selectFrom(newest.$castTo<SummaryRow>().as('page')).selectAll()
}
