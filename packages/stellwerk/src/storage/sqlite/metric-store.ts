import type { JobState } from '../../domain/job/job-state.ts'
import type { Tally } from '../../domain/metrics/tally.ts'
import type { MetricStore, QueueHead } from '../metric-store.ts'
import type { ColdReads } from './cold-reads.ts'
import type { SqliteConnection } from './connection.ts'
import { oldestByQueue } from './lane-heads.ts'

const TALLIES = /* sql */ `SELECT queue, type, state, count FROM tally WHERE count <> 0 ORDER BY queue, type, state`
const QUEUES = /* sql */ `SELECT DISTINCT queue FROM tally WHERE count <> 0 ORDER BY queue`

/** The role of everyone who reads figures, over one connection. */
export function createMetricStore(connection: SqliteConnection, cold: ColdReads): MetricStore {
  return {
    tallies: () => connection.read(() => tallies(connection)),
    recount: () => cold.read(({ recountTallies }, db) => recountTallies(db)),
    // The counters are written in place: there is nothing to fold.
    foldTallies: async () => 0,
    minutes: (filter) => cold.read(({ listMinutes }, db) => listMinutes(db, filter)),
    queueHeads: () => connection.read(() => queueHeads(connection)),
    now: async () => connection.nowMs(),
  }
}

function tallies(connection: SqliteConnection): readonly Tally[] {
  const rows = connection.prepare<[string, string, JobState, number]>(TALLIES).all()
  return rows.map(([queue, type, state, count]) => ({ queue, type, state, count }))
}

function queueHeads(connection: SqliteConnection): readonly QueueHead[] {
  const oldest = oldestByQueue(connection)
  const queues = connection.prepare<[string]>(QUEUES).all()
  return queues.map(([queue]) => ({ queue, oldestRunAt: oldest.get(queue) ?? null }))
}
