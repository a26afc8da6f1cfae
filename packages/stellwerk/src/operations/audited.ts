import { type ErrorCode, isStellwerkError } from '../domain/errors.ts'
import { wellFormed } from '../std/well-formed.ts'
import type { AuditOutcome, NewAuditEntry } from '../storage/audit-store.ts'
import type { Store } from '../storage/store.ts'
import type { OperationDeps } from './operation-deps.ts'

/** The part of {@link OperationDeps} that a record needs. */
export interface AuditDeps extends Pick<OperationDeps, 'actor' | 'log'> {
  readonly store: Pick<Store, 'audit'>
}

/** What is recorded of an action whatever comes of it: `action` is the permission or noun:verb, `target` a few words such as `job 17`. */
export interface AuditSubject {
  readonly action: string
  readonly target: string
  /** Which jobs, where the target is a selection. */
  readonly filter?: object
}

/** What is known only on the way: the changed fields as they were and as they are, never payloads; how many were touched; a better name of the target. */
export interface AuditFacts {
  readonly target?: string
  readonly before?: object
  readonly after?: object
  readonly count?: number
}

/** Tells the row more; what is told twice stands as it was told last. */
export type Note = (facts: AuditFacts) => void

const mostTextBytes = 400
const mostJson = 16_384
const mostIds = 100

/**
 * Does `work` and leaves exactly one row about it, whether it is done, refused, denied or fails. The row is written right after the change, in a transaction of
 * its own: a row that cannot be written is logged as an error and undoes nothing. What stations do by themselves leaves none.
 */
export async function audited<T>(deps: AuditDeps, subject: AuditSubject, work: (note: Note) => Promise<T>): Promise<T> {
  let facts: AuditFacts = {}
  const note: Note = (more) => {
    facts = { ...facts, ...more }
  }
  try {
    const value = await work(note)
    await record(deps, subject, { ...facts, outcome: 'done', reason: null })
    return value
  } catch (error) {
    await record(deps, subject, { ...facts, ...judge(error) })
    throw error
  }
}

interface Ending extends AuditFacts {
  readonly outcome: AuditOutcome
  readonly reason: ErrorCode | null
}

async function record(deps: AuditDeps, subject: AuditSubject, ending: Ending): Promise<void> {
  if (deps.actor.kind === 'station') return
  const entry = toEntry(deps, subject, ending)
  try {
    await deps.store.audit.append(entry)
  } catch (error) {
    const { action, target, outcome, actorName } = entry
    deps.log.error('an action was done and its audit row could not be written', {
      action,
      target,
      outcome,
      actorName,
      error,
    })
  }
}

function toEntry({ actor }: AuditDeps, subject: AuditSubject, ending: Ending): NewAuditEntry {
  return {
    actorKind: actor.kind,
    actorName: stored(actor.name),
    tokenId: actor.tokenId,
    ip: actor.ip === null ? null : stored(actor.ip),
    requestId: actor.requestId === null ? null : stored(actor.requestId),
    action: subject.action,
    target: stored(ending.target ?? subject.target),
    filter: smallJson(subject.filter && withFewIds(subject.filter)),
    before: smallJson(ending.before),
    after: smallJson(ending.after),
    count: ending.count ?? null,
    outcome: ending.outcome,
    reason: ending.reason,
  }
}

function judge(error: unknown): Pick<Ending, 'outcome' | 'reason'> {
  if (!isStellwerkError(error)) return { outcome: 'failed', reason: 'INTERNAL' }
  const { code } = error
  if (code === 'PERMISSION_DENIED' || code === 'UNAUTHENTICATED') return { outcome: 'denied', reason: code }
  const isOurs = code === 'INTERNAL' || code === 'CLOSED' || code.startsWith('STORE_')
  return { outcome: isOurs ? 'failed' : 'refused', reason: code }
}

/** Texts of others, as every store takes them. */
function stored(text: string): string {
  return wellFormed(text, mostTextBytes)
}

function smallJson(value: object | undefined): string | null {
  if (value === undefined) return null
  const text = JSON.stringify(value)
  return text.length <= mostJson ? text : JSON.stringify({ tooLarge: text.length })
}

/** A thousand ids would not make the row clearer. */
function withFewIds(filter: object): object {
  if (!('ids' in filter) || !Array.isArray(filter.ids) || filter.ids.length <= mostIds) return filter
  return { ...filter, ids: filter.ids.slice(0, mostIds), idsInAll: filter.ids.length }
}
