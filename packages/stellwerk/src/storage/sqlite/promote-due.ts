import type { LiveState } from '../../domain/job/job-state.ts'
import type { Promotion } from '../claim-store.ts'
import type { SqliteConnection } from './connection.ts'
import { TallyChanges } from './tally-changes.ts'

const DUE = /* sql */ `
  SELECT id, queue, type, state FROM job
   WHERE state IN ('scheduled', 'retrying') AND run_at <= ? ORDER BY run_at LIMIT ?`

const PROMOTE = /* sql */ `UPDATE job SET state = 'pending' WHERE id = ? AND state IN ('scheduled', 'retrying')`

const NEXT_DUE = /* sql */ `
  SELECT run_at FROM job WHERE state IN ('scheduled', 'retrying') ORDER BY run_at LIMIT 1`

/** Moves up to `limit` due jobs to pending inside a transaction, the longest due first. */
export function promoteDue(connection: SqliteConnection, limit: number): Promotion {
  const now = connection.nowMs()
  const tallies = new TallyChanges()
  const promote = connection.prepare(PROMOTE)
  const due = connection.prepare<[number, string, string, LiveState]>(DUE).all(now, limit)
  for (const [id, queue, type, from] of due) {
    if (promote.run(id) === 1) tallies.move({ queue, type }, from, 'pending')
  }
  tallies.apply(connection)
  return { promoted: due.length, nextDueInMs: nextDueInMs(connection, now) }
}

/** How long until the next waiting job is due, ms, 0 where one is; null where none waits. */
export function nextDueInMs(connection: SqliteConnection, now: number): number | null {
  const next = connection.prepare<[number]>(NEXT_DUE).get()
  return next === undefined ? null : Math.max(0, next[0] - now)
}
