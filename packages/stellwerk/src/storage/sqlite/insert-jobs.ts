import type { DispatchGroup, NewJob } from '../dispatch-store.ts'
import type { SqliteConnection } from './connection.ts'
import type { SqlValue } from './statement.ts'
import { TallyChanges } from './tally-changes.ts'
import { filledChunk, valueRows } from './value-rows.ts'

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

const insertText = (rows: number): string =>
  `INSERT INTO job (${COLUMNS.join(', ')}) VALUES ${valueRows(rows, COLUMNS.length)}`

/** Inserts the group with its receipt and counters inside a transaction; returns the ids in input order. A token that is known already inserts nothing. */
export function insertJobs(connection: SqliteConnection, group: DispatchGroup): readonly number[] {
  const receipt = connection.prepare<[string]>(FIND_RECEIPT).get(group.token)
  if (receipt !== undefined) return JSON.parse(receipt[0]) as number[]
  const now = connection.nowMs()
  const tallies = new TallyChanges()
  const ids: number[] = []
  for (let from = 0; from < group.jobs.length; ) {
    const rows = filledChunk(group.jobs.length - from)
    const values: SqlValue[] = []
    for (const job of group.jobs.slice(from, from + rows)) values.push(...toRow(job, now, tallies))
    // The lock is ours, so the ids of one statement follow each other.
    const last = connection.prepare(insertText(rows)).insert(...values)
    for (let id = last - rows + 1; id <= last; id += 1) ids.push(id)
    from += rows
  }
  tallies.apply(connection)
  connection.prepare(INSERT_RECEIPT).run(group.token, now, JSON.stringify(ids))
  return ids
}

function toRow(job: NewJob, now: number, tallies: TallyChanges): readonly SqlValue[] {
  const dueAt = job.runAt ?? now + job.delayMs
  const state = dueAt > now ? 'scheduled' : 'pending'
  tallies.add(job, state)
  return [
    job.type,
    job.queue,
    state,
    job.priority,
    job.weight,
    dueAt - job.weight * 1000,
    job.payload,
    job.options,
    job.typeVersion,
    dueAt,
    now,
    job.tries,
    job.maxCrashes,
    job.parentId,
    job.runId,
  ]
}
