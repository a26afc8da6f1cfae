import type { NewAuditEntry } from '../audit-store.ts'
import type { NewSession } from '../session-store.ts'
import type { NewToken } from '../token-store.ts'

/** A hash of a secret, as 64 hex digits. */
export const hashOf = (digit: string): string => digit.repeat(64)

/** A token of a viewer without end, for every queue. */
export function newToken(differs: Partial<NewToken> = {}): NewToken {
  return {
    hash: hashOf('a'),
    prefix: 'stw_aaaa',
    name: 'screen',
    role: 'viewer',
    queues: null,
    createdBy: 'ada',
    lifetimeMs: null,
    ...differs,
  }
}

/** A session of an operator that ends after a week. */
export function newSession(differs: Partial<NewSession> = {}): NewSession {
  return {
    hash: hashOf('b'),
    tokenId: null,
    name: 'ada',
    role: 'operator',
    queues: null,
    lifetimeMs: 604_800_000,
    ...differs,
  }
}

/** An entry with every field filled, so that a change of any of them is a change. */
export function newAuditEntry(differs: Partial<NewAuditEntry> = {}): NewAuditEntry {
  return {
    actorKind: 'token',
    actorName: 'ada',
    tokenId: 3,
    ip: '10.0.0.7',
    requestId: 'r-1',
    action: 'job:retry',
    target: 'job 17',
    filter: '{"queue":"mail"}',
    before: '{"state":"failed"}',
    after: '{"state":"pending"}',
    count: 1,
    outcome: 'done',
    reason: null,
    ...differs,
  }
}
