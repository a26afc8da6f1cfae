import type { ArchiveStore } from './archive-store.ts'
import type { AuditStore } from './audit-store.ts'
import type { ClaimStore } from './claim-store.ts'
import type { DispatchStore } from './dispatch-store.ts'
import type { FailedJobStore } from './failed-job-store.ts'
import type { HealthStore } from './health-store.ts'
import type { JobStore } from './job-store.ts'
import type { LeaseThreadOptions } from './lease-messages.ts'
import type { MetricStore } from './metric-store.ts'
import type { OrderStore } from './order-store.ts'
import type { OutcomeStore } from './outcome-store.ts'
import type { PageStore } from './page-store.ts'
import type { QueueSettingStore } from './queue-setting-store.ts'
import type { RetentionStore } from './retention-store.ts'
import type { RollupStore } from './rollup-store.ts'
import type { SchemaStore } from './schema-store.ts'
import type { SessionStore } from './session-store.ts'
import type { LeaseThread, StationStore } from './station-store.ts'
import type { TokenStore } from './token-store.ts'
import type { TransactionStore } from './transaction-store.ts'
import type { Wake } from './wake.ts'
import type { WorkerStore } from './worker-store.ts'

/** One open database, by role. A caller takes the roles it needs, not the store. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  readonly dispatch: DispatchStore
  readonly transactions: TransactionStore
  readonly claims: ClaimStore
  readonly outcomes: OutcomeStore
  readonly stations: StationStore
  readonly workers: WorkerStore
  readonly orders: OrderStore
  readonly settings: QueueSettingStore
  readonly jobs: JobStore
  readonly failedJobs: FailedJobStore
  readonly archive: ArchiveStore
  readonly pages: PageStore
  readonly metrics: MetricStore
  readonly rollup: RollupStore
  readonly retention: RetentionStore
  readonly tokens: TokenStore
  readonly sessions: SessionStore
  readonly audit: AuditStore
  readonly schema: SchemaStore
  readonly health: HealthStore
  readonly wake: Wake
  /** How to start the thread that renews a lease over a connection of its own and posts LeaseMessages. */
  leaseThread(options: LeaseThreadOptions): LeaseThread
  /** What the store wants done about once a second by stations: folding counters, checkpoints, partitions. Cheap when there is nothing to do. */
  maintain(): Promise<void>
  /** Ends every connection; waits for what is under way. Safe to repeat; any call after it rejects with CLOSED. */
  close(): Promise<void>
}
