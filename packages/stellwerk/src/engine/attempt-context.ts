import { checkDuration } from '../client/check-settings.ts'
import type { DispatchedJob } from '../client/dispatched-job.ts'
import type { InTransaction } from '../client/in-transaction.ts'
import type { ContextJob, Dispatchable, JobContext, JobLog } from '../client/job-context.ts'
import type { JobRequest } from '../client/job-definition.ts'
import type { DispatchOptions } from '../client/job-settings.ts'
import { StellwerkError } from '../domain/errors.ts'
import { uuidOf } from '../domain/job/job-id.ts'
import type { LogFields, LogLevel } from '../std/log.ts'
import { monotonicMs } from '../std/monotonic.ts'
import { wellFormed } from '../std/well-formed.ts'
import type { Attempt } from './attempt.ts'
import { completeIn } from './complete-in.ts'
import type { HandlerHost } from './handler-host.ts'

/** A note of progress is cut to this many characters; none takes more than four bytes. */
const maxNoteCharacters = 500
export const maxNoteBytes = 4 * maxNoteCharacters

/** Thrown by ctx.snooze and ctx.fail to leave the handler; the verdict itself is kept on the attempt. */
export class AttemptEnded extends Error {
  override readonly name = 'AttemptEnded'
}

/**
 * The `ctx` of one attempt. What costs anything (signal, log, uuid) is made when it is first used. Its functions are bound on access, so
 * that a handler may take them apart: `handle(payload, { log, fail })`.
 */
export class AttemptContext implements JobContext {
  readonly #attempt: Attempt
  readonly #host: HandlerHost
  #job: ContextJob | undefined
  #log: JobLog | undefined

  constructor(attempt: Attempt, host: HandlerHost) {
    this.#attempt = attempt
    this.#host = host
  }

  get job(): ContextJob {
    if (this.#job === undefined) {
      const { id, type, queue, priority, createdAt, runAt, parentId, runId } = this.#attempt.start.job
      const uuid = uuidOf(this.#host.installationId, id)
      this.#job = Object.freeze({ id, uuid, type, queue, priority, createdAt, runAt, parentId, runId })
    }
    return this.#job
  }

  get attempt(): number {
    return this.#attempt.start.job.attempt
  }

  get signal(): AbortSignal {
    return this.#attempt.signal
  }

  get idempotencyKey(): string {
    return this.job.uuid
  }

  get fence(): number {
    return this.#attempt.start.job.claimSeq
  }

  get log(): JobLog {
    this.#log ??= createJobLog(this.#attempt)
    return this.#log
  }

  get progress(): JobContext['progress'] {
    return (percent, note) => this.#progress(percent, note)
  }

  get trace(): JobContext['trace'] {
    return (event, data) => this.#trace(event, data)
  }

  get snooze(): JobContext['snooze'] {
    return (delay) => this.#snooze(delay)
  }

  get fail(): JobContext['fail'] {
    return (reason) => this.#fail(reason)
  }

  get dispatch(): JobContext['dispatch'] {
    return (definition, ...[payload, options]) => this.#dispatch(definition as Dispatchable<unknown>, payload, options)
  }

  get completeIn(): JobContext['completeIn'] {
    return (tx, result) => completeIn({ attempt: this.#attempt, completions: this.#host.completions }, tx, result)
  }

  #progress(percent: number, note?: string): void {
    if (typeof percent !== 'number' || !(percent >= 0 && percent <= 100)) {
      throw new StellwerkError('OPTION_INVALID', `progress: ${String(percent)} is not a number from 0 to 100`)
    }
    const text = note === undefined ? null : wellFormed(String(note).slice(0, maxNoteCharacters), maxNoteBytes)
    this.#attempt.setProgress(percent, text)
    const at = this.#attempt.atOf(monotonicMs())
    this.#attempt.log.add({ at, kind: 'progress', progress: percent, ...(text !== null && { note: text }) })
  }

  #trace(event: string, data?: unknown): void {
    const memoryBytes = process.memoryUsage.rss()
    this.#attempt.peakBytes = Math.max(this.#attempt.peakBytes, memoryBytes)
    const at = this.#attempt.atOf(monotonicMs())
    this.#attempt.log.add({
      at,
      kind: 'trace',
      event: String(event),
      memoryBytes,
      memoryPeakBytes: this.#attempt.peakBytes,
      ...(data !== undefined && { data }),
    })
  }

  #snooze(delay: number | string): never {
    const delayMs = checkDuration('snooze', delay)
    this.#attempt.verdict ??= { kind: 'snooze', delayMs }
    throw new AttemptEnded(`the handler of job ${this.job.id} snoozed; let this pass`)
  }

  #fail(reason: string | Error): never {
    this.#attempt.verdict ??= { kind: 'fail', error: reason instanceof Error ? reason : new Error(String(reason)) }
    throw new AttemptEnded(`the handler of job ${this.job.id} failed it for good; let this pass`)
  }

  async #dispatch(
    definition: Dispatchable<unknown>,
    payload: unknown,
    options: DispatchOptions & Partial<InTransaction> = {},
  ): Promise<DispatchedJob> {
    const { id, runId } = this.#attempt.start.job
    const { tx, wake, ...rest } = options
    const linked = { parent: id, ...(runId !== null && { run: runId }), ...rest }
    const place = { ...('tx' in options && { tx }), ...('wake' in options && { wake }) } as Partial<InTransaction>
    return this.#host.dispatch(definition.with(payload, linked) as JobRequest, place)
  }
}

function createJobLog(attempt: Attempt): JobLog {
  const log = (level: LogLevel, message: string, fields?: LogFields): void => {
    const at = attempt.atOf(monotonicMs())
    attempt.log.add({ at, kind: 'log', level, message: String(message), ...(fields !== undefined && { fields }) })
  }
  return {
    log,
    debug: (message, fields) => log('debug', message, fields),
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, fields) => log('error', message, fields),
  }
}
