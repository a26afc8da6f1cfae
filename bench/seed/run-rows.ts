import type { SeededRun } from './make-runs.ts'
import type { SeededRows } from './seed-sink.ts'

/** Slim rows of completed jobs. */
export function finishedRows(runs: readonly SeededRun[]): SeededRows {
  const startedAt = runs.map(({ finishedAt, runMs }) => finishedAt - runMs)
  const createdAt = runs.map(({ finishedAt, runMs, waitMs }) => finishedAt - runMs - waitMs)
  const attempts = runs.map(({ wasRetried }) => (wasRetried ? 2 : 1))
  const memory = runs.map(({ memoryBytes }) => memoryBytes)
  return {
    table: 'finished_job',
    columns: {
      id: runs.map(({ id }) => id),
      type: runs.map(({ kind }) => kind.type),
      queue: runs.map(({ kind }) => kind.queue),
      state: runs.map(() => 'completed'),
      priority: runs.map(() => 0),
      attempt: attempts,
      tries: runs.map(() => 3),
      failures: attempts.map((attempt) => attempt - 1),
      crashes: runs.map(() => 0),
      claim_seq: attempts,
      created_at: createdAt,
      run_at: createdAt,
      claimed_at: startedAt,
      finished_at: runs.map(({ finishedAt }) => finishedAt),
      started_at: startedAt,
      wait_ms: runs.map(({ waitMs }) => waitMs),
      run_ms: runs.map(({ runMs }) => runMs),
      cpu_ms: runs.map(({ runMs }) => Math.round(runMs / 10)),
      memory_bytes: memory,
      memory_peak_bytes: memory,
      station_id: runs.map(() => 'seed'),
    },
  }
}

/** Payloads and results of completed jobs. */
export function payloadRows(runs: readonly SeededRun[]): SeededRows {
  return {
    table: 'finished_payload',
    columns: {
      id: runs.map(({ id }) => id),
      finished_at: runs.map(({ finishedAt }) => finishedAt),
      payload: runs.map(({ id }) => JSON.stringify({ user: id % 9_973, template: 'welcome' })),
      result: runs.map(() => '{"ok":true}'),
      weight: runs.map(() => 0),
      type_version: runs.map(() => 1),
      max_crashes: runs.map(() => 3),
    },
  }
}

/** The attempt before the last one, which failed. */
export function attemptRows(runs: readonly SeededRun[]): SeededRows {
  const at = runs.map(({ finishedAt, runMs, waitMs }) => finishedAt - runMs - waitMs)
  return {
    table: 'retried_attempt',
    columns: {
      job_id: runs.map(({ id }) => id),
      attempt: runs.map(() => 1),
      claim_seq: runs.map(() => 1),
      kind: runs.map(() => 'error'),
      error_class: runs.map(() => 'TimeoutError'),
      message: runs.map(() => 'the other side did not answer within 5 s'),
      stack: runs.map(() => 'TimeoutError: the other side did not answer within 5 s\n    at deliver (deliver.ts:12:9)'),
      causes: runs.map(() => '[]'),
      host: runs.map(() => 'seed'),
      station_id: runs.map(() => 'seed'),
      started_at: at,
      finished_at: at,
      run_ms: runs.map(({ runMs }) => runMs),
    },
  }
}
