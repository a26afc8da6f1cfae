import { randomBytes } from 'node:crypto'
import type { Actor } from '../domain/actor.ts'
import { isStellwerkError, StellwerkError } from '../domain/errors.ts'
import type { BulkWatch } from '../operations/bulk-failed.ts'
import type { Log } from '../std/log.ts'
import { sleep } from '../std/sleep.ts'
import type { BulkOperation } from './schemas/bulk-operation.ts'
import { actorKey } from './view-key.ts'

/** What is to be done, by whom, and how. */
export interface BulkWork {
  readonly action: BulkOperation['action']
  readonly actor: Actor
  /** How many jobs the selection held when it was ordered. */
  readonly matched: number
  /** Now, ISO 8601, by the time of the store. */
  readonly now: () => Promise<string>
  /** Asks anew who ordered it: a right that was taken away counts here too. */
  readonly isStillAllowed: () => Promise<boolean>
  /** Does it in steps, each in a transaction of its own; returns how many were changed. */
  readonly run: (watch: BulkWatch) => Promise<number>
}

interface Entry {
  readonly owner: string
  operation: BulkOperation
}

/** At the same time, in one process. */
const mostRunning = 4
/** What has ended is shown until others have taken its place. */
const mostKept = 50
/** Others write between two steps. */
const restMs = 2
const askAgainMs = 15_000

/**
 * The bulk actions of one server that are too long for a request: they go on when whoever ordered them has left, and end between two steps when the
 * server is closed. They live in this process alone (decision 0020).
 */
export class BulkDesk {
  readonly #log: Log
  readonly #entries = new Map<string, Entry>()
  readonly #running = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  constructor(log: Log) {
    this.#log = log
  }

  /** Starts it and returns at once. @throws RATE_LIMITED where too many run, CLOSED after close */
  async start(work: BulkWork): Promise<BulkOperation> {
    this.#refuse()
    const { action, actor, matched } = work
    const id = `b_${randomBytes(8).toString('hex')}`
    const begun = { id, action, state: 'running', by: actor.name, matched, changed: 0, reason: null } as const
    const entry: Entry = {
      owner: actorKey(actor),
      operation: { ...begun, startedAt: await work.now(), endedAt: null },
    }
    this.#refuse()
    this.#keep(id, entry)
    const running = this.#run(work, entry).finally(() => this.#running.delete(running))
    this.#running.add(running)
    return entry.operation
  }

  /** Newest first: those of this actor, and everybody's for who reaches every queue. */
  list(actor: Actor): readonly BulkOperation[] {
    return [...this.#entries.values()]
      .filter(({ owner }) => actor.queues === null || owner === actorKey(actor))
      .map(({ operation }) => operation)
      .toReversed()
  }

  /** Ends each between two steps; resolves when none touches the store any more. Safe to repeat. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#running)
  }

  async #run(work: BulkWork, entry: Entry): Promise<void> {
    const ending = await this.#outcome(work, entry)
    const endedAt = await work.now().catch(() => entry.operation.startedAt)
    entry.operation = { ...entry.operation, ...ending, endedAt }
    if (ending.state === 'done') return
    const { id, action, matched, changed } = entry.operation
    this.#log.warn('a bulk action ended early', { id, action, matched, changed, reason: ending.reason })
  }

  async #outcome(work: BulkWork, entry: Entry): Promise<Pick<BulkOperation, 'state' | 'reason' | 'changed'>> {
    let askedMs = performance.now()
    let reason: BulkOperation['reason'] = null
    const mayGoOn = async (): Promise<boolean> => {
      await sleep(restMs, this.#closing.signal)
      if (this.#closing.signal.aborted) reason = 'CLOSED'
      else if (performance.now() - askedMs >= askAgainMs) {
        askedMs = performance.now()
        if (!(await work.isStillAllowed())) reason = 'PERMISSION_DENIED'
      }
      return reason === null
    }
    const onStep = (changed: number): void => {
      entry.operation = { ...entry.operation, changed }
    }
    try {
      const changed = await work.run({ onStep, mayGoOn })
      return { state: reason === null ? 'done' : 'stopped', reason, changed }
    } catch (error) {
      if (!isStellwerkError(error)) this.#log.error('a bulk action failed', { id: entry.operation.id, error })
      return {
        state: 'failed',
        reason: isStellwerkError(error) ? error.code : 'INTERNAL',
        changed: entry.operation.changed,
      }
    }
  }

  #refuse(): void {
    if (this.#closing.signal.aborted)
      throw new StellwerkError('CLOSED', 'the control room is closing; order it again in a moment')
    if (this.#running.size >= mostRunning)
      throw new StellwerkError('RATE_LIMITED', `${mostRunning} bulk actions run already; wait until one has ended`)
  }

  #keep(id: string, entry: Entry): void {
    this.#entries.set(id, entry)
    for (const [old, { operation }] of this.#entries) {
      if (this.#entries.size <= mostKept) return
      if (operation.state !== 'running') this.#entries.delete(old)
    }
  }
}
