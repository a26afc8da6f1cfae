import type { JobState } from '../../domain/job/job-state.ts'
import type { PruneStep } from '../retention-store.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

const MARK = /* sql */ `SELECT until, id FROM prune_mark WHERE kind = 'payloads'`
const NOTE_MARK = /* sql */ `
  INSERT INTO prune_mark (kind, until, id) VALUES ('payloads', ?, ?)
  ON CONFLICT (kind) DO UPDATE SET until = excluded.until, id = excluded.id`

/** From the mark on: what lies before it has lost its payload already, and is not looked at again. */
const NEXT_PAYLOADS = /* sql */ `
  SELECT id, finished_at FROM finished_job
   WHERE finished_at >= ?1 AND (finished_at > ?1 OR id > ?2) AND finished_at < ?3
   ORDER BY finished_at, id LIMIT ?4`
const NEXT_FINISHED = /* sql */ `SELECT id FROM finished_job WHERE finished_at < ? ORDER BY finished_at LIMIT ?`
const NEXT_FAILED = /* sql */ `SELECT id FROM failed_job WHERE failed_at < ? ORDER BY failed_at LIMIT ?`

const IDS = /* sql */ `(SELECT value FROM json_each(?))`
const DROP_PAYLOADS = /* sql */ `DELETE FROM finished_payload WHERE id IN ${IDS}`
const DROP_LINES = /* sql */ `DELETE FROM job_log WHERE job_id IN ${IDS}`
const DROP_ATTEMPTS = /* sql */ `DELETE FROM job_attempt WHERE job_id IN ${IDS}`
const DROP_FINISHED = /* sql */ `DELETE FROM finished_job WHERE id IN ${IDS} RETURNING queue, type, state`
const DROP_FAILED = /* sql */ `DELETE FROM failed_job WHERE id IN ${IDS} RETURNING queue, type, 'failed'`

/** How far payloads are pruned: of jobs that finished before `until`, or then and with an id up to `id`, none is left. */
export function payloadsPrunedUntil(connection: SqliteConnection): { readonly until: number; readonly id: number } {
  const [until, id] = connection.prepare<[number, number]>(MARK).get() ?? [0, 0]
  return { until, id }
}

/** Inside a transaction: payloads, results and lines of at most `limit` jobs that finished before `before`. */
export function prunePayloads(connection: SqliteConnection, before: number, limit: number): PruneStep {
  const { until, id: lastId } = payloadsPrunedUntil(connection)
  const rows = connection.prepare<[number, number]>(NEXT_PAYLOADS).all(until, lastId, before, limit)
  const last = rows.at(-1)
  if (last === undefined) return { removed: 0, isDone: true }
  const ids = JSON.stringify(rows.map(([id]) => id))
  const removed = connection.prepare(DROP_PAYLOADS).run(ids)
  connection.prepare(DROP_LINES).run(ids)
  connection.prepare(NOTE_MARK).run(last[1], last[0])
  return { removed, isDone: rows.length < limit }
}

/** Inside a transaction: the slim rows of at most `limit` jobs that finished before `before`, with all that is left of them. */
export function pruneFinished(connection: SqliteConnection, before: number, limit: number): PruneStep {
  const rows = connection.prepare<[number]>(NEXT_FINISHED).all(before, limit)
  return removeJobs(connection, { rows, drop: DROP_FINISHED, limit })
}

/** Inside a transaction: at most `limit` jobs that failed before `before`, whole. */
export function pruneFailed(connection: SqliteConnection, before: number, limit: number): PruneStep {
  const rows = connection.prepare<[number]>(NEXT_FAILED).all(before, limit)
  return removeJobs(connection, { rows, drop: DROP_FAILED, limit })
}

interface Removal {
  readonly rows: readonly (readonly [number])[]
  readonly drop: string
  readonly limit: number
}

function removeJobs(connection: SqliteConnection, { rows, drop, limit }: Removal): PruneStep {
  if (rows.length === 0) return { removed: 0, isDone: true }
  const ids = JSON.stringify(rows.map(([id]) => id))
  const tallies = new TallyChanges()
  const gone = connection.prepare<[string, string, JobState]>(drop).all(ids)
  for (const [queue, type, state] of gone) tallies.add({ queue, type }, state, -1)
  for (const text of [DROP_PAYLOADS, DROP_LINES, DROP_ATTEMPTS]) connection.prepare(text).run(ids)
  tallies.apply(connection)
  return { removed: gone.length, isDone: rows.length < limit }
}
