import type { Role } from '../../domain/access/role.ts'
import type { ActorKind } from '../../domain/actor.ts'
import type { FailureKind } from '../../domain/job/failure.ts'
import type { JobState, LiveState } from '../../domain/job/job-state.ts'
import type { MetricOutcome } from '../../domain/metrics/minute-metric.ts'
import type { OrderKind, OrderState } from '../../domain/worker/worker-order.ts'
import type { AuditOutcome } from '../audit-store.ts'

/** A yes or no as the store holds it: 0 or 1 in SQLite, a boolean in PostgreSQL. Read it with `Boolean()`. */
export type StoredFlag = number | boolean

interface JobColumns {
  readonly id: number
  readonly type: string
  readonly queue: string
  readonly priority: number
  readonly attempt: number
  readonly tries: number
  readonly failures: number
  readonly crashes: number
  readonly claim_seq: number
  readonly created_at: number
  readonly run_at: number
  readonly claimed_at: number | null
  readonly station_id: string | null
  readonly worker_id: string | null
  readonly parent_id: number | null
  readonly run_id: string | null
  readonly batch_id: string | null
  readonly progress: number | null
  readonly progress_note: string | null
}

interface WholeJobColumns extends JobColumns {
  readonly weight: number
  readonly position: number
  readonly in_batch: StoredFlag
  readonly payload: string
  readonly options: string | null
  readonly type_version: number
  readonly exceptions: number
  readonly max_crashes: number
  readonly solo: StoredFlag
}

interface RunColumns {
  readonly started_at: number | null
  readonly wait_ms: number | null
  readonly run_ms: number | null
  readonly cpu_ms: number | null
  readonly memory_bytes: number | null
  readonly memory_peak_bytes: number | null
}

/** Live rows: every state that is not final. */
export interface JobTable extends WholeJobColumns {
  readonly state: LiveState
  readonly cancel_requested: boolean | number
}

/** The dead letters, whole. `hook`: null = the type has none, due = still to run, taken = it ran, or runs at `hook_by`. */
export interface FailedJobTable extends WholeJobColumns, RunColumns {
  readonly failed_at: number
  readonly kind: FailureKind
  readonly error_class: string
  readonly error_message: string
  readonly hook: 'due' | 'taken' | null
  /** Station that runs the hook now. */
  readonly hook_by: string | null
  /** How often the hook was begun. */
  readonly hook_runs: number
  /** The queue it ran in, where `queue` is a dead-letter queue. */
  readonly origin_queue: string | null
}

/** Completed and cancelled jobs, slim. */
export interface FinishedJobTable extends JobColumns, RunColumns {
  readonly state: 'completed' | 'cancelled'
  readonly finished_at: number
}

/** What a retry of a finished job needs; has a shorter life than its `finished_job` row. */
export interface FinishedPayloadTable {
  readonly id: number
  readonly finished_at: number
  readonly payload: string
  readonly result: string | null
  readonly options: string | null
  readonly weight: number
  readonly type_version: number
  readonly max_crashes: number
}

/** Completed and cancelled jobs that are kept until they are released, whole. What retention had removed before is null. */
export interface ArchivedJobTable extends FinishedJobTable {
  readonly payload: string | null
  readonly result: string | null
  readonly options: string | null
  readonly weight: number | null
  readonly type_version: number | null
  readonly max_crashes: number | null
  readonly archived_at: number
  readonly archived_by: string
}

/** Attempts that did not succeed, as one view over wherever the store keeps them. `causes` is the JSON of FailureCause[]. */
export interface JobAttemptTable {
  readonly job_id: number
  readonly attempt: number
  readonly claim_seq: number
  readonly kind: FailureKind
  readonly error_class: string
  readonly message: string
  readonly stack: string | null
  readonly causes: string
  readonly host: string
  readonly station_id: string
  readonly worker_id: string | null
  readonly started_at: number | null
  readonly finished_at: number
  readonly run_ms: number | null
  readonly memory_bytes: number | null
  readonly memory_peak_bytes: number | null
}

/** Lines that handlers wrote, one row per flush, as one view over wherever the store keeps them. */
export interface JobLogTable {
  readonly job_id: number
  readonly claim_seq: number
  readonly attempt: number
  readonly chunk: number
  readonly lines: string
}

/** Counters per queue, type and state. */
export interface TallyTable {
  readonly queue: string
  readonly type: string
  readonly state: JobState
  readonly count: number
}

/** Figures of one span, queue, type and outcome. */
export interface FigureRow {
  readonly queue: string
  readonly type: string
  readonly outcome: MetricOutcome
  readonly count: number
  readonly wait_sum_ms: number
  readonly wait_max_ms: number
  readonly run_sum_ms: number
  readonly run_max_ms: number
  readonly cpu_sum_ms: number
  readonly memory_max_bytes: number
  readonly wait_sketch: Uint8Array
  readonly run_sketch: Uint8Array
}

/** Totals of one minute, station, queue, type and outcome. `rolled`: 0 not yet part of its hour, 1 part of it, 2 replaced since. */
export interface MinuteMetricTable extends FigureRow {
  readonly minute: number
  readonly station_id: string
  readonly rolled: 0 | 1 | 2
}

/** Totals of one hour, queue, type and outcome. `rolled` 1: part of its day. */
export interface HourMetricTable extends FigureRow {
  readonly hour: number
  readonly rolled: 0 | 1
}

/** Totals of one UTC day, queue, type and outcome. */
export interface DayMetricTable extends FigureRow {
  readonly day: number
}

/** Stations that live, and for a while those that died. `types` and `queues` are JSON arrays of text. */
export interface StationTable {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly label: string | null
  readonly version: string
  readonly concurrency: number
  readonly types: string
  readonly queues: string
  readonly state: 'alive' | 'dead'
  readonly started_at: number
  readonly alive_until: number
  readonly died_at: number | null
  /** JSON of StationPool[]; null where the station never said. */
  readonly pools: string | null
}

/** Workers of stations. `report` is JSON. */
export interface WorkerTable {
  readonly id: string
  readonly station_id: string
  readonly beat_at: number
  readonly report: string
}

/** What stations were told. */
export interface StationOrderTable {
  readonly id: number
  readonly station_id: string
  readonly kind: OrderKind
  readonly pool: string | null
  readonly worker_id: string | null
  readonly processes: number | null
  readonly job_id: number | null
  readonly claim_seq: number | null
  readonly by_kind: string
  readonly by_name: string
  readonly given_at: number
  readonly expires_at: number
  readonly state: OrderState
  readonly answered_at: number | null
  readonly answer: string | null
}

/** Tokens, with the hash of their text. `queues` is a JSON array of text, null = every queue. */
export interface TokenTable {
  readonly id: number
  readonly hash: string
  readonly prefix: string
  readonly name: string
  readonly role: Role
  readonly queues: string | null
  readonly created_at: number
  readonly created_by: string
  readonly expires_at: number | null
  readonly last_used_at: number | null
  readonly revoked_at: number | null
}

/** The audit log. `filter`, `before` and `after` are JSON. */
export interface AuditTable {
  readonly id: number
  readonly at: number
  readonly actor_kind: ActorKind
  readonly actor_name: string
  readonly token_id: number | null
  readonly ip: string | null
  readonly request_id: string | null
  readonly action: string
  readonly target: string
  readonly filter: string | null
  readonly before: string | null
  readonly after: string | null
  readonly count: number | null
  readonly outcome: AuditOutcome
  readonly reason: string | null
  readonly previous_hash: string
  readonly hash: string
}

/** One row: where the audit log begins and ends. */
export interface AuditChainTable {
  readonly anchor_id: number
  readonly anchor_at: number | null
  readonly anchor_hash: string
  readonly last_id: number
  readonly last_hash: string
}

/** The columns both stores share, for Kysely; types only, nothing of it exists at run time. */
export interface Database {
  readonly job: JobTable
  readonly failed_job: FailedJobTable
  readonly finished_job: FinishedJobTable
  readonly finished_payload: FinishedPayloadTable
  readonly archived_job: ArchivedJobTable
  readonly every_job_attempt: JobAttemptTable
  readonly every_job_log: JobLogTable
  readonly tally: TallyTable
  readonly minute_metric: MinuteMetricTable
  readonly hour_metric: HourMetricTable
  readonly day_metric: DayMetricTable
  readonly station: StationTable
  readonly worker: WorkerTable
  readonly station_order: StationOrderTable
  readonly stellwerk_token: TokenTable
  readonly stellwerk_audit: AuditTable
  readonly stellwerk_audit_chain: AuditChainTable
}
