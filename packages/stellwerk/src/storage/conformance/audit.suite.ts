import { expect } from 'vitest'
import { trustedActor } from '../../domain/actor.ts'
import { type AuditVerdict, verifyAudit } from '../../operations/verify-audit.ts'
import { silentLog } from '../../std/log.ts'
import { noHash } from '../audit-hash.ts'
import type { Store } from '../store.ts'
import { newAuditEntry } from './access-samples.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { OpenedStore, StoreHarness } from './store-harness.ts'

const dayMs = 86_400_000
const hexDigits = /^[0-9a-f]{64}$/

function verify(store: Store): Promise<AuditVerdict> {
  return verifyAudit({ store, log: silentLog, actor: trustedActor('cli', 'auditor') })
}

async function append(store: Store, count: number): Promise<void> {
  for (let entry = 0; entry < count; entry += 1) await store.audit.append(newAuditEntry({ target: `job ${entry}` }))
}

/** Takes the guards away, as somebody who owns the database can. */
async function disarm(opened: OpenedStore): Promise<void> {
  if (opened.store.kind === 'postgres') {
    await opened.sql('ALTER TABLE stellwerk_audit DISABLE TRIGGER USER')
    await opened.sql('ALTER TABLE stellwerk_audit_chain DISABLE TRIGGER USER')
    return
  }
  const triggers = await opened.sql(
    `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'stellwerk_audit%'`,
  )
  expect(triggers.length).toBeGreaterThan(3)
  for (const { name } of triggers) await opened.sql(`DROP TRIGGER ${String(name)}`)
}

async function prune(store: Store, limit: number): Promise<number> {
  const expiry = { kind: 'audit', olderThanMs: dayMs } as const
  const foretold = await store.retention.expired(expiry)
  let removed = 0
  for (let isDone = false; !isDone; ) {
    const step = await store.retention.prune(expiry, limit)
    removed += step.removed
    isDone = step.isDone
  }
  expect(removed).toBe(foretold)
  return removed
}

const writing: StoreCases = {
  'an entry comes back as it was written, with its place in the chain': async ({ store }) => {
    const hostile = newAuditEntry({
      actorName: `ä"'\\\u2028\u{1F600}`,
      target: "job '; --",
      filter: null,
      count: null,
      tokenId: null,
    })
    expect([await store.audit.append(hostile), await store.audit.append(newAuditEntry())]).toEqual([1, 2])
    const [second, first] = await store.audit.list({ limit: 10 })
    expect(first).toMatchObject({ ...hostile, id: 1, at: await store.metrics.now(), previousHash: noHash })
    expect(second).toMatchObject({ ...newAuditEntry(), id: 2, previousHash: first?.hash })
    expect(second?.hash).toMatch(hexDigits)
    expect(await store.audit.chain()).toEqual({
      anchorId: 0,
      anchorAt: null,
      anchorHash: noHash,
      lastId: 2,
      lastHash: second?.hash,
    })
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 2, lastId: 2 })
  },

  'appends from several processes at once keep one unbroken chain': async (opened) => {
    const { store } = opened
    const stores = [store, await opened.openSecond(), await opened.openSecond()]
    await Promise.all(
      stores.flatMap((each, writer) =>
        Array.from({ length: 20 }, (_, entry) =>
          each.audit.append(newAuditEntry({ target: `job ${writer} ${entry}` })),
        ),
      ),
    )
    expect((await store.audit.after(0, 1_000)).map(({ id }) => id)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 1),
    )
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 60, faults: [] })
  },

  'time never goes back, also where the clock does': async (opened) => {
    const { store } = opened
    await store.audit.append(newAuditEntry())
    await opened.advance(-60_000)
    await store.audit.append(newAuditEntry())
    const [second, first] = await store.audit.list({ limit: 2 })
    expect(second?.at).toBe(first?.at)
    expect((await verify(store)).isIntact).toBe(true)
  },

  'lists are narrowed by every field, newest first, and go on behind an id': async (opened) => {
    const { store } = opened
    const from = await store.metrics.now()
    await store.audit.append(newAuditEntry())
    await store.audit.append(newAuditEntry({ actorName: 'bob', outcome: 'denied' }))
    await opened.advance(1_000)
    await store.audit.append(newAuditEntry({ action: 'job:cancel' }))
    await store.audit.append(newAuditEntry({ target: 'job 18' }))
    const idsOf = async (filter: Partial<Parameters<Store['audit']['list']>[0]>) =>
      (await store.audit.list({ limit: 10, ...filter })).map(({ id }) => id)
    expect(await idsOf({})).toEqual([4, 3, 2, 1])
    expect(await idsOf({ actor: 'bob' })).toEqual([2])
    expect(await idsOf({ outcome: 'denied' })).toEqual([2])
    expect(await idsOf({ action: 'job:cancel' })).toEqual([3])
    expect(await idsOf({ target: 'job 18' })).toEqual([4])
    expect(await idsOf({ from: from + 1_000 })).toEqual([4, 3])
    expect(await idsOf({ to: from + 1_000 })).toEqual([2, 1])
    expect(await idsOf({ beforeId: 3, limit: 1 })).toEqual([2])
  },
}

const guards: StoreCases = {
  'no statement changes, removes or slips in an entry, and the chain goes forward alone': async (opened) => {
    const { store } = opened
    await append(store, 3)
    const refused = [
      `UPDATE stellwerk_audit SET target = 'job 99' WHERE id = 2`,
      'DELETE FROM stellwerk_audit WHERE id = 2',
      'DELETE FROM stellwerk_audit',
      'UPDATE stellwerk_audit_chain SET last_id = 1',
      'UPDATE stellwerk_audit_chain SET anchor_id = 9',
      'DELETE FROM stellwerk_audit_chain',
      ...(store.kind === 'postgres'
        ? ['TRUNCATE stellwerk_audit']
        : ['INSERT OR REPLACE INTO stellwerk_audit SELECT * FROM stellwerk_audit WHERE id = 2']),
    ]
    for (const statement of refused) await expect(opened.sql(statement), statement).rejects.toThrow('audit log')
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 3 })
  },

  'a change of any column of any entry is found': async (opened) => {
    const { store } = opened
    await append(store, 3)
    await disarm(opened)
    const [sample] = await opened.sql('SELECT * FROM stellwerk_audit WHERE id = 1')
    const columns = Object.keys(sample ?? {})
    expect(columns).toHaveLength(17)
    for (const id of [1, 2, 3])
      for (const column of columns) {
        const [row] = await opened.sql(`SELECT ${column} AS was FROM stellwerk_audit WHERE id = $1`, [id])
        const was = (row?.['was'] ?? null) as string | number | null
        const isNumber = typeof was === 'number'
        await opened.sql(`UPDATE stellwerk_audit SET ${column} = $1 WHERE id = $2`, [
          isNumber ? was + 100 : `${was ?? ''}x`,
          id,
        ])
        expect((await verify(store)).isIntact, `${column} of entry ${id}`).toBe(false)
        const place = column === 'id' ? id + 100 : id
        await opened.sql(`UPDATE stellwerk_audit SET ${column} = $1 WHERE id = $2`, [was, place])
        expect((await verify(store)).faults, `${column} of entry ${id} as it was`).toEqual([])
      }
  },

  'entries that were taken out, from the beginning, the middle or the end, are missed': async (opened) => {
    const { store } = opened
    await append(store, 6)
    await disarm(opened)
    await opened.sql('DELETE FROM stellwerk_audit WHERE id = 4')
    expect((await verify(store)).faults).toEqual([{ id: 5, fault: 'missing' }])
    await opened.sql('DELETE FROM stellwerk_audit WHERE id = 1')
    expect((await verify(store)).faults).toEqual([
      { id: 2, fault: 'missing' },
      { id: 5, fault: 'missing' },
    ])
    await opened.sql('DELETE FROM stellwerk_audit WHERE id = 6')
    expect((await verify(store)).faults.at(-1)).toEqual({ id: 6, fault: 'cut' })
    await opened.sql('DELETE FROM stellwerk_audit')
    expect(await verify(store)).toMatchObject({ isIntact: false, checked: 0, faults: [{ id: 6, fault: 'cut' }] })
  },

  'entries that were put in behind the end, or in place of others, are found': async (opened) => {
    const { store } = opened
    await append(store, 2)
    await disarm(opened)
    const copy = (id: number, of: number) =>
      opened.sql(
        `INSERT INTO stellwerk_audit (id, at, actor_kind, actor_name, action, target, outcome, previous_hash, hash)
         SELECT $1, at, actor_kind, actor_name, action, target, outcome, previous_hash, hash FROM stellwerk_audit WHERE id = $2`,
        [id, of],
      )
    await copy(3, 2)
    expect((await verify(store)).faults).toEqual([{ id: 3, fault: 'cut' }])
    await opened.sql('DELETE FROM stellwerk_audit WHERE id IN (1, 3)')
    await copy(1, 2)
    expect((await verify(store)).faults).toEqual([
      { id: 1, fault: 'changed' },
      { id: 2, fault: 'missing' },
    ])
  },
}

const pruning: StoreCases = {
  'what is older than its time goes, in steps, and the rest can still be verified': async (opened) => {
    const { store } = opened
    expect(await prune(store, 10)).toBe(0)
    await append(store, 25)
    await opened.advance(2 * dayMs)
    await append(store, 5)
    expect(await prune(store, 10)).toBe(25)
    const [oldest] = await store.audit.after(0, 1)
    const chain = await store.audit.chain()
    expect(chain).toMatchObject({ anchorId: 25, anchorHash: oldest?.previousHash, lastId: 30 })
    expect(oldest?.id).toBe(26)
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 5, anchorId: 25, anchorAt: chain.anchorAt })
    await append(store, 1)
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 6 })
    await disarm(opened)
    await opened.sql('DELETE FROM stellwerk_audit WHERE id = 26')
    expect((await verify(store)).faults).toEqual([{ id: 27, fault: 'missing' }])
  },

  'a log that is pruned to its last entry goes on from there': async (opened) => {
    const { store } = opened
    await append(store, 3)
    await opened.advance(2 * dayMs)
    expect(await prune(store, 10)).toBe(3)
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 0, anchorId: 3, lastId: 3 })
    await append(store, 2)
    expect((await store.audit.list({ limit: 5 })).map(({ id }) => id)).toEqual([5, 4])
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 2 })
  },

  'several prune and append at once, and the chain holds': async (opened) => {
    const { store } = opened
    const second = await opened.openSecond()
    await append(store, 40)
    await opened.advance(2 * dayMs)
    const [one, other] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, () => store.retention.prune({ kind: 'audit', olderThanMs: dayMs }, 5))),
      Promise.all(Array.from({ length: 8 }, () => second.retention.prune({ kind: 'audit', olderThanMs: dayMs }, 5))),
      append(store, 10),
      append(second, 10),
    ])
    const removed = [...one, ...other].reduce((sum, step) => sum + step.removed, 0)
    expect(removed + (await prune(store, 5))).toBe(40)
    expect(await verify(store)).toMatchObject({ isIntact: true, checked: 20, anchorId: 40, lastId: 60 })
  },
}

/** What {@link AuditStore} promises, and the pruner about it. */
export function auditSuite(harness: StoreHarness): void {
  registerCases('audit', harness, { ...writing, ...guards, ...pruning })
}
