import { auditContent, auditHash } from '../storage/audit-hash.ts'
import type { AuditChain, AuditEntry } from '../storage/audit-store.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requireEveryQueue, requirePermission } from './require-permission.ts'

/** `changed`: the entry is not as it was written. `missing`: entries before it are gone, or others stand in their place. `cut`: the end of the log is not where its writers left it. */
export interface AuditFault {
  readonly id: number
  readonly fault: 'changed' | 'missing' | 'cut'
}

/**
 * What a walk along the chain found. `anchorId` is the last entry that retention has removed, 0 where none; `lastHash` stands for the whole log up to `lastId`:
 * kept elsewhere, it shows later whether somebody wrote the log anew.
 */
export interface AuditVerdict extends Omit<AuditChain, 'anchorHash'> {
  readonly isIntact: boolean
  readonly checked: number
  /** The first faults, at most twenty. */
  readonly faults: readonly AuditFault[]
}

const pageSize = 1_000
const mostFaults = 20

/** Walks the whole chain from its anchor to its end, as it was when the walk began; actions and retention may go on meanwhile. @throws PERMISSION_DENIED */
export async function verifyAudit(deps: OperationDeps): Promise<AuditVerdict> {
  requirePermission(deps, 'audit:read')
  requireEveryQueue(deps)
  const walk = new ChainWalk(await deps.store.audit.chain())
  for (;;) {
    const page = await deps.store.audit.after(walk.lastSeenId, pageSize)
    const [first] = page
    if (first !== undefined && first.id > walk.lastSeenId + 1) walk.skipRemoved(await deps.store.audit.chain())
    for (const entry of page) walk.step(entry)
    if (page.length < pageSize || walk.isAtEnd) break
  }
  return walk.finish(await foreignEntry(deps))
}

/** The id of an entry behind the end of the chain: its writer did not move the end. Null where there is none. */
async function foreignEntry({ store }: OperationDeps): Promise<number | null> {
  const { lastId } = await store.audit.chain()
  const [behind] = await store.audit.after(lastId, 1)
  if (behind === undefined) return null
  return behind.id > (await store.audit.chain()).lastId ? behind.id : null
}

class ChainWalk {
  readonly #chain: AuditChain
  readonly #faults: AuditFault[] = []
  lastSeenId: number
  #hash: string
  #checked = 0

  constructor(chain: AuditChain) {
    this.#chain = chain
    this.lastSeenId = chain.anchorId
    this.#hash = chain.anchorHash
  }

  get isAtEnd(): boolean {
    return this.lastSeenId >= this.#chain.lastId
  }

  /** What retention has taken since the walk began is no gap. */
  skipRemoved({ anchorId, anchorHash }: AuditChain): void {
    if (anchorId <= this.lastSeenId) return
    this.lastSeenId = anchorId
    this.#hash = anchorHash
  }

  /** Entries that came after the walk began are left to the next one, and those that an anchor passed meanwhile are gone. */
  step(entry: AuditEntry): void {
    if (entry.id > this.#chain.lastId || entry.id <= this.lastSeenId) return
    const follows = entry.id === this.lastSeenId + 1 && entry.previousHash === this.#hash
    if (auditHash(entry, auditContent(entry)) !== entry.hash) this.#note(entry.id, 'changed')
    else if (!follows) this.#note(entry.id, 'missing')
    this.lastSeenId = entry.id
    this.#hash = entry.hash
    this.#checked += 1
  }

  finish(foreignId: number | null): AuditVerdict {
    const { anchorId, anchorAt, lastId, lastHash } = this.#chain
    if (this.lastSeenId < lastId || (this.lastSeenId === lastId && this.#hash !== lastHash)) this.#note(lastId, 'cut')
    if (foreignId !== null) this.#note(foreignId, 'cut')
    const faults = this.#faults
    return { isIntact: faults.length === 0, checked: this.#checked, faults, anchorId, anchorAt, lastId, lastHash }
  }

  #note(id: number, fault: AuditFault['fault']): void {
    if (this.#faults.length < mostFaults) this.#faults.push({ id, fault })
  }
}
