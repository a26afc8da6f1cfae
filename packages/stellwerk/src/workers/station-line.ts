import { type DispatchedJob, DurableJob } from '../client/dispatched-job.ts'
import { type InTransaction, inTransaction } from '../client/in-transaction.ts'
import type { JobRequest } from '../client/job-definition.ts'
import { prepareJob } from '../client/prepare-job.ts'
import { type ErrorCode, errorCodes, StellwerkError } from '../domain/errors.ts'
import { describeFailure } from '../domain/job/describe-failure.ts'
import type { HandlerHost } from '../engine/handler-host.ts'
import { type Deferred, deferred } from '../std/deferred.ts'
import type { Log, LogFields, LogLevel } from '../std/log.ts'
import type { NewJob } from '../storage/dispatch-store.ts'
import type { Store } from '../storage/store.ts'
import type { Channel } from './channel.ts'
import type { SentError, ToStation, ToWorker, WorkerSetup } from './messages.ts'

/** What handlers of a worker need from elsewhere: dispatches and lines go to the station, transactions of their own over a connection of this process. */
export class StationLine {
  readonly #channel: Channel<ToStation, ToWorker>
  readonly #setup: WorkerSetup
  readonly #openStore: () => Promise<Store>
  readonly #asked = new Map<number, Deferred<readonly number[]>>()
  readonly log: Log
  readonly completions: HandlerHost['completions']
  #store: Promise<Store> | undefined
  #next = 0

  constructor(channel: Channel<ToStation, ToWorker>, setup: WorkerSetup, openStore: () => Promise<Store>) {
    this.#channel = channel
    this.#setup = setup
    this.#openStore = openStore
    this.log = logOver(channel)
    this.completions = {
      complete: async (...asked) => (await this.#ownStore()).transactions.complete(...asked),
      claimEnd: async (...asked) => (await this.#ownStore()).transactions.claimEnd(...asked),
    }
  }

  /** As Stellwerk.dispatch: durable when it resolves, or part of the handler's own transaction. */
  async dispatch(request: JobRequest, place: Partial<InTransaction> = {}): Promise<DispatchedJob> {
    const { installationId, maxPayloadBytes } = this.#setup
    const job = await prepareJob(request, maxPayloadBytes)
    const [id] = await ('tx' in place ? inTransaction(await this.#ownStore(), [job], place) : this.#ask([job]))
    if (id === undefined) throw new StellwerkError('INTERNAL', 'the station answered a dispatch without an id')
    return new DurableJob(id, installationId)
  }

  onDispatched({ n, ids, error }: Extract<ToWorker, { k: 'dispatched' }>): void {
    const asked = this.#asked.get(n)
    this.#asked.delete(n)
    if (ids !== null) asked?.resolve(ids)
    else asked?.reject(receivedError(error))
  }

  #ask(jobs: readonly NewJob[]): Promise<readonly number[]> {
    const n = this.#next++
    const answer = deferred<readonly number[]>()
    this.#asked.set(n, answer)
    this.#channel.send({ k: 'dispatch', n, jobs })
    return answer.promise
  }

  #ownStore(): Promise<Store> {
    this.#store ??= this.#openStore().catch((error: unknown) => {
      this.#store = undefined
      throw error
    })
    return this.#store
  }
}

/** An error as text and code. */
export function sentError(error: unknown): SentError {
  const { message } = describeFailure(error)
  return { code: error instanceof StellwerkError ? error.code : null, message }
}

/** The error again, with its code where it is one of ours. */
export function receivedError(sent: SentError | null): Error {
  const code = errorCodes.find((known) => known === sent?.code) as ErrorCode | undefined
  const message = sent?.message ?? 'the station did not say why'
  return code === undefined ? new Error(message) : new StellwerkError(code, message)
}

function logOver(channel: Channel<ToStation, ToWorker>): Log {
  const say =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const { error, ...rest } = fields
      const plain = error === undefined ? rest : { ...rest, error: describeFailure(error).message }
      channel.send({ k: 'log', level, message, fields: asData(plain) })
    }
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') }
}

/** Fields may hold what JSON cannot. */
function asData(fields: LogFields): LogFields {
  try {
    return JSON.parse(JSON.stringify(fields)) as LogFields
  } catch {
    return {}
  }
}
