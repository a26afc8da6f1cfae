import type { DispatchedJob } from '../client/dispatched-job.ts'
import type { InTransaction } from '../client/in-transaction.ts'
import type { AnyJobDefinition, JobRequest } from '../client/job-definition.ts'
import type { JobRegistry } from '../client/job-registry.ts'
import type { AttemptRules, JobOverrides } from '../domain/job/job-options.ts'
import type { Log } from '../std/log.ts'
import type { TransactionStore } from '../storage/transaction-store.ts'
import type { Attempt } from './attempt.ts'

/** Who keeps the standard output of handlers. */
export interface HandlerOutput {
  within<Value>(attempt: Attempt, run: () => Value): Value
  /** The attempt ends: an unfinished line is one. */
  settle(attempt: Attempt): void
}

/** What a process that runs handlers knows: the job types, their rules, and how to dispatch a child. */
export interface HandlerHost {
  readonly registry: JobRegistry
  readonly installationId: string
  readonly log: Log
  /** The worker that this process is, written beside what it ran. */
  readonly workerId?: string
  /** Rules of a type's attempts after precedence. `createdAt` fixes an end given as a span. */
  rulesOf(definition: AnyJobDefinition | undefined, overrides: JobOverrides | null, createdAt: number): AttemptRules
  /** Keeps what handlers write to the standard streams; not given: it goes where the process writes. */
  readonly output?: HandlerOutput
  /** With `place` in the transaction that it names. */
  dispatch(request: JobRequest, place?: Partial<InTransaction>): Promise<DispatchedJob>
  /** Completions in transactions of the handlers, over connections of this process. */
  readonly completions: Pick<TransactionStore, 'complete' | 'claimEnd'>
}
