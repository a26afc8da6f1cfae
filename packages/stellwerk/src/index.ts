export { defineConfig, type StellwerkConfig } from './app/configuration/define-config.ts'
export { openStellwerk } from './app/open-stellwerk.ts'
export type { StellwerkOptions } from './app/stellwerk-options.ts'
export type {
  Authorization,
  Authorize,
  AuthorizeContext,
  ControlRoom,
  ControlRoomOptions,
  FetchContext,
  RateLimit,
} from './client/control-room-options.ts'
export type { Controls, PauseOptions } from './client/controls.ts'
export { defineJob, implement } from './client/define-job.ts'
export type { DispatchedJob } from './client/dispatched-job.ts'
export type { DurationInput } from './client/duration-input.ts'
export type { InTransaction } from './client/in-transaction.ts'
export type { ContextJob, Dispatchable, FailedContext, JobContext, JobLog } from './client/job-context.ts'
export type {
  AnyJobDefinition,
  FailedHook,
  Handler,
  JobDefinition,
  JobInput,
  JobRequest,
  PayloadInput,
} from './client/job-definition.ts'
export type {
  BackoffFunction,
  DispatchOptions,
  JobDefaults,
  PriorityInput,
  RetrySettings,
} from './client/job-settings.ts'
export type { NamedPoolOptions, PoolOptions, ReservedInput } from './client/pool-options.ts'
export type { DatabaseLike } from './client/sqlite-transaction.ts'
export type { Stellwerk } from './client/stellwerk.ts'
export { type PoolLike, withTransaction } from './client/with-transaction.ts'
export type { RunFigures, RunningStation, StationEvent, WorkOptions } from './client/work-options.ts'
export type { Permission } from './domain/access/permission.ts'
export type { Role } from './domain/access/role.ts'
export { type ErrorCode, errorCodes, isStellwerkError, StellwerkError } from './domain/errors.ts'
export type { BackoffInput } from './domain/job/backoff.ts'
export type { Failure, FailureKind } from './domain/job/failure.ts'
export type { AttemptRecord, JobRecord, JobSummary } from './domain/job/job-record.ts'
export type { JobState } from './domain/job/job-state.ts'
export type { MergedMinute, Timing } from './domain/metrics/merge-minutes.ts'
export type { MetricTier } from './domain/metrics/metric-tier.ts'
export type { Maintenance, QueuePause } from './domain/queue/queue-pause.ts'
export type { WorkerHealthLimits } from './domain/worker/worker-health.ts'
export type { WorkerOrder } from './domain/worker/worker-order.ts'
export type { WorkersReading, WorkerView } from './operations/list-workers.ts'
export type { WorkersOrder } from './operations/order-workers.ts'
export type { MetricsFilter } from './operations/read-metrics.ts'
export type { WorkersTarget } from './operations/resolve-target.ts'
export type { Log, LogFields, LogLevel } from './std/log.ts'
export type { FailedSelection } from './storage/failed-job-store.ts'
export type { JobFilter, JobPage } from './storage/job-store.ts'
export type {
  KyselyTransaction,
  PrismaTransaction,
  QueryTransaction,
  SqliteTransaction,
  Transaction,
} from './storage/transaction.ts'
