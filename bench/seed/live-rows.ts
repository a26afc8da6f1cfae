import type { JobKind } from './job-kinds.ts'
import { kindAt } from './make-runs.ts'
import type { RandomSource } from './random-source.ts'
import type { Column, SeededRows } from './seed-sink.ts'

/** So many jobs with ids from `firstId` on. */
export interface LiveBatch {
  readonly firstId: number
  readonly jobs: number
  readonly now: number
  readonly random: RandomSource
}

/** The rows, and the kind of each job for the counters. */
export interface LiveTables {
  readonly kinds: readonly JobKind[]
  readonly tables: readonly SeededRows[]
}

const dayMs = 86_400_000

/** Jobs that wait: ready since some time today, or due within the next thirty days. */
export function liveRows(state: 'pending' | 'scheduled', batch: LiveBatch): LiveTables {
  const { kinds, columns } = wholeJobs(batch, (random) =>
    Math.round(state === 'pending' ? -random * dayMs : (1 / 48 + random * 30) * dayMs),
  )
  return { kinds, tables: [{ table: 'job', columns: { ...columns, state: kinds.map(() => state) } }] }
}

/** Jobs that failed for good within the last thirty days, each with its last attempt. */
export function failedRows(batch: LiveBatch): LiveTables {
  const { kinds, columns, runAt, ids } = wholeJobs(batch, (random) => Math.round(-random * 30 * dayMs))
  const error = { error_class: kinds.map(() => 'TimeoutError'), kind: kinds.map(() => 'error') }
  const run = { run_ms: kinds.map(({ medianMs }) => medianMs), started_at: runAt }
  const used = { attempt: kinds.map(() => 3), claim_seq: kinds.map(() => 3), failures: kinds.map(() => 3) }
  const message = kinds.map(() => 'the other side did not answer within 5 s')
  const spent = {
    exceptions: kinds.map(() => 3),
    failed_at: runAt,
    wait_ms: kinds.map(() => 20),
    error_message: message,
  }
  const attempt = {
    job_id: ids,
    attempt: used.attempt,
    claim_seq: used.claim_seq,
    message,
    causes: kinds.map(() => '[]'),
    host: kinds.map(() => 'seed'),
    station_id: kinds.map(() => 'seed'),
    finished_at: runAt,
  }
  return {
    kinds,
    tables: [
      { table: 'failed_job', columns: { ...columns, ...error, ...run, ...used, ...spent } },
      { table: 'job_attempt', columns: { ...attempt, ...error, ...run } },
    ],
  }
}

interface WholeJobs {
  readonly kinds: readonly JobKind[]
  readonly ids: readonly number[]
  readonly runAt: readonly number[]
  readonly columns: Readonly<Record<string, Column>>
}

/** Columns that live and failed jobs share; `offset` gives run-at less now for a number of 0 to 1. */
function wholeJobs({ firstId, jobs, now, random }: LiveBatch, offset: (random: number) => number): WholeJobs {
  const kinds = Array.from({ length: jobs }, () => kindAt(random.next()))
  const ids = kinds.map((_, index) => firstId + index)
  const runAt = kinds.map(() => now + offset(random.next()))
  const columns = {
    id: ids,
    type: kinds.map(({ type }) => type),
    queue: kinds.map(({ queue }) => queue),
    priority: kinds.map(() => 0),
    weight: kinds.map(() => 0),
    position: runAt,
    payload: ids.map((id) => JSON.stringify({ user: id % 9_973, template: 'welcome' })),
    type_version: kinds.map(() => 1),
    run_at: runAt,
    created_at: runAt.map((at) => Math.min(at, now)),
    tries: kinds.map(() => 3),
    max_crashes: kinds.map(() => 3),
    crashes: kinds.map(() => 0),
    in_batch: kinds.map(() => 0),
    solo: kinds.map(() => 0),
  }
  return { kinds, ids, runAt, columns }
}
