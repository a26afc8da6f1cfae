import type { DispatchGroup, NewJob } from '../dispatch-store.ts'
import type { SqliteStatements, SqlValue } from './statement.ts'
import { TallyChanges } from './tally-changes.ts'
import { filledChunk, textBySize, valueRows } from './value-rows.ts'

const COLUMNS = [
  'type',
  'queue',
  'state',
  'priority',
  'weight',
  'position',
  'payload',
  'options',
  'type_version',
  'run_at',
  'created_at',
  'tries',
  'max_crashes',
  'parent_id',
  'run_id',
] as const

const FIND_RECEIPT = /* sql */ `SELECT job_ids FROM dispatch_receipt WHERE token = ?`
const INSERT_RECEIPT = /* sql */ `INSERT INTO dispatch_receipt (token, at, job_ids) VALUES (?, ?, ?)`

const insertText = textBySize(
  (rows) => `INSERT INTO job (${COLUMNS.join(', ')}) VALUES ${valueRows(rows, COLUMNS.length)}`,
)

/** Inserts the group with its receipt and counters inside a transaction; returns the ids in input order. A token that is known already inserts nothing. */
export function insertJobs(
  connection: SqliteStatements,
  group: DispatchGroup,
  now = connection.nowMs(),
): readonly number[] {
  const known = findReceipt(connection, group.token)
  if (known !== undefined) return known
  const tallies = new TallyChanges()
  const ids: number[] = []
  for (let from = 0; from < group.jobs.length; ) {
    const rows = filledChunk(group.jobs.length - from)
    const values: SqlValue[] = []
    for (const job of group.jobs.slice(from, from + rows)) pushRow(values, job, now)
    for (const job of group.jobs.slice(from, from + rows)) tallies.add(job, stateAt(job, now))
    // The lock is ours, so the ids of one statement follow each other.
    const last = connection.prepare(insertText(rows)).insert(...values)
    for (let id = last - rows + 1; id <= last; id += 1) ids.push(id)
    from += rows
  }
  tallies.apply(connection)
  connection.prepare(INSERT_RECEIPT).run(group.token, now, JSON.stringify(ids))
  return ids
}

/** The ids of a group that is in already. */
export function findReceipt(connection: SqliteStatements, token: string): readonly number[] | undefined {
  const receipt = connection.prepare<[string]>(FIND_RECEIPT).get(token)
  return receipt === undefined ? undefined : (JSON.parse(receipt[0]) as number[])
}

function dueAt(job: NewJob, now: number): number {
  return job.runAt ?? now + job.delayMs
}

function stateAt(job: NewJob, now: number): 'scheduled' | 'pending' {
  return dueAt(job, now) > now ? 'scheduled' : 'pending'
}

/** Pushes in place: an array per row would cost as much as binding it. */
function pushRow(values: SqlValue[], job: NewJob, now: number): void {
  const runAt = dueAt(job, now)
  values.push(
    job.type,
    job.queue,
    stateAt(job, now),
    job.priority,
    job.weight,
    runAt - job.weight * 1000,
    job.payload,
    job.options,
    job.typeVersion,
    runAt,
    now,
    job.tries,
    job.maxCrashes,
    job.parentId,
    job.runId,
  )
}
