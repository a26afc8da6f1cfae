import type { JobSummary } from '../../domain/job/job-record.ts'
import { triesBegun } from '../../domain/job/tries-begun.ts'
import { type ExpressionBuilder, sql } from './kysely.ts'
import type { Database } from './tables.ts'

/** One row of any job table, in the shape that a UNION of them has. */
export interface SummaryRow {
  readonly id: number
  readonly type: string
  readonly queue: string
  readonly state: JobSummary['state']
  readonly priority: number
  readonly attempt: number
  readonly tries: number
  readonly failures: number
  readonly crashes: number
  readonly created_at: number
  readonly run_at: number
  readonly claimed_at: number | null
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly wait_ms: number | null
  readonly run_ms: number | null
  readonly cpu_ms: number | null
  readonly memory_bytes: number | null
  readonly memory_peak_bytes: number | null
  readonly station_id: string | null
  readonly worker_id: string | null
  readonly parent_id: number | null
  readonly run_id: string | null
  readonly batch_id: string | null
  readonly progress: number | null
  readonly progress_note: string | null
  readonly kind: JobSummary['failureKind']
  readonly error_class: string | null
  readonly error_message: string | null
  readonly archived_at: number | null
  readonly archived_by: string | null
  readonly origin_queue: string | null
}

const head = ['id', 'type', 'queue'] as const
const counters = ['priority', 'attempt', 'tries', 'failures', 'crashes', 'created_at', 'run_at', 'claimed_at'] as const
const run = ['wait_ms', 'run_ms', 'cpu_ms', 'memory_bytes', 'memory_peak_bytes'] as const
const links = ['station_id', 'worker_id', 'parent_id', 'run_id', 'batch_id', 'progress', 'progress_note'] as const

const noTime = sql<number | null>`cast(null as bigint)`
const noText = sql<string | null>`cast(null as text)`
const noKind = sql<JobSummary['failureKind']>`cast(null as text)`

/** Columns of a live row: what a run leaves behind is null. */
export function liveColumns(eb: ExpressionBuilder<Database, 'job'>) {
  return [
    ...head,
    eb.ref('job.state').$castTo<JobSummary['state']>().as('state'),
    ...counters,
    noTime.as('started_at'),
    noTime.as('finished_at'),
    noTime.as('wait_ms'),
    noTime.as('run_ms'),
    noTime.as('cpu_ms'),
    noTime.as('memory_bytes'),
    noTime.as('memory_peak_bytes'),
    ...links,
    noKind.as('kind'),
    noText.as('error_class'),
    noText.as('error_message'),
    noTime.as('archived_at'),
    noText.as('archived_by'),
    noText.as('origin_queue'),
  ] as const
}

/** Columns of a failed row: it finished when it failed. */
export function failedColumns(eb: ExpressionBuilder<Database, 'failed_job'>) {
  return [
    ...head,
    sql<JobSummary['state']>`'failed'`.as('state'),
    ...counters,
    'started_at',
    eb.ref('failed_job.failed_at').$castTo<number | null>().as('finished_at'),
    ...run,
    ...links,
    eb.ref('failed_job.kind').$castTo<JobSummary['failureKind']>().as('kind'),
    eb.ref('failed_job.error_class').$castTo<string | null>().as('error_class'),
    eb.ref('failed_job.error_message').$castTo<string | null>().as('error_message'),
    noTime.as('archived_at'),
    noText.as('archived_by'),
    'origin_queue',
  ] as const
}

/** Columns of a completed or cancelled row. */
export function finishedColumns(eb: ExpressionBuilder<Database, 'finished_job'>) {
  return [
    ...head,
    eb.ref('finished_job.state').$castTo<JobSummary['state']>().as('state'),
    ...counters,
    'started_at',
    eb.ref('finished_job.finished_at').$castTo<number | null>().as('finished_at'),
    ...run,
    ...links,
    noKind.as('kind'),
    noText.as('error_class'),
    noText.as('error_message'),
    noTime.as('archived_at'),
    noText.as('archived_by'),
    noText.as('origin_queue'),
  ] as const
}

/** Columns of an archived row. */
export function archivedColumns(eb: ExpressionBuilder<Database, 'archived_job'>) {
  return [
    ...head,
    eb.ref('archived_job.state').$castTo<JobSummary['state']>().as('state'),
    ...counters,
    'started_at',
    eb.ref('archived_job.finished_at').$castTo<number | null>().as('finished_at'),
    ...run,
    ...links,
    noKind.as('kind'),
    noText.as('error_class'),
    noText.as('error_message'),
    eb.ref('archived_job.archived_at').$castTo<number | null>().as('archived_at'),
    eb.ref('archived_job.archived_by').$castTo<string | null>().as('archived_by'),
    noText.as('origin_queue'),
  ] as const
}

/** A row as pages show it. */
export function toJobSummary(row: SummaryRow): JobSummary {
  return {
    id: row.id,
    type: row.type,
    queue: row.queue,
    originQueue: row.origin_queue,
    state: row.state,
    priority: row.priority,
    attempt: row.attempt,
    triesBegun: triesBegun(row),
    tries: row.tries,
    failures: row.failures,
    crashes: row.crashes,
    createdAt: row.created_at,
    runAt: row.run_at,
    claimedAt: row.claimed_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    waitMs: row.wait_ms,
    runMs: row.run_ms,
    memoryBytes: row.memory_bytes,
    memoryPeakBytes: row.memory_peak_bytes,
    cpuMs: row.cpu_ms,
    stationId: row.station_id,
    workerId: row.worker_id,
    parentId: row.parent_id,
    runId: row.run_id,
    batchId: row.batch_id,
    progress: row.progress,
    progressNote: row.progress_note,
    failureKind: row.kind,
    errorClass: row.error_class,
    errorMessage: row.error_message,
    archivedAt: row.archived_at,
    archivedBy: row.archived_by,
  }
}
