import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, describe, expect, inject } from 'vitest'
import { openTestStore, temporaryFolder } from '../../test/temporary-store.ts'
import { type Actor, anonymousActor, trustedActor } from '../domain/actor.ts'
import { silentLog } from '../std/log.ts'
import { postgresHarness } from '../storage/conformance/postgres-harness.ts'
import { sqliteHarness } from '../storage/conformance/sqlite-harness.ts'
import type { OpenedStore, StoreHarness } from '../storage/conformance/store-harness.ts'
import { authenticateSession } from './authenticate-session.ts'
import { authenticateToken } from './authenticate-token.ts'
import { createLoginLink } from './create-login-link.ts'
import { createToken } from './create-token.ts'
import { countTokens, listTokens } from './list-tokens.ts'
import { closeSession, openSession, redeemLoginLink } from './open-session.ts'
import type { OperationDeps } from './operation-deps.ts'
import { revokeToken } from './revoke-token.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const secretText = /^[A-Za-z0-9_-]{43}$/

interface Opened {
  readonly opened: OpenedStore
  /** As the owner of the machine. */
  readonly own: OperationDeps
  /** As somebody whom nobody knows yet. */
  readonly web: OperationDeps
}

function testOn(harness: () => StoreHarness) {
  return base.extend<{ at: Opened }>({
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the pattern
    at: async ({}, use) => {
      const opened = await harness().open()
      const deps = (actor: Actor): OperationDeps => ({ store: opened.store, log: silentLog, actor })
      await use({ opened, own: deps(trustedActor('cli', 'root')), web: deps(anonymousActor('10.0.0.7', 'r-1')) })
      await opened.close()
    },
  })
}

const stores = [
  ['SQLite', () => sqliteHarness],
  ['PostgreSQL', () => postgresHarness(inject('postgresUrl'))],
] as const

describe.each(stores)('on %s', (_name, harness) => {
  const test = testOn(harness)

  test('a token is shown once, and tells who bears it', async ({ at: { own, web } }) => {
    const { token, text } = await createToken(own, { name: 'ci', role: 'producer', queues: ['mail'] })
    expect(text.startsWith('stw_')).toBe(true)
    expect(text.slice(4)).toMatch(secretText)
    expect(token).toMatchObject({ prefix: text.slice(0, 8), createdBy: 'root', lastUsedAt: null })
    expect(await authenticateToken(web, text)).toEqual({
      kind: 'token',
      name: 'ci',
      role: 'producer',
      permissions: ['job:dispatch'],
      queues: ['mail'],
      tokenId: token.id,
      ip: null,
      requestId: null,
    })
    expect(await countTokens(own)).toBe(1)
    expect(JSON.stringify(await listTokens(own))).not.toContain(text.slice(8))
  })

  test('an unknown, cut, revoked or expired token is nobody', async ({ at: { opened, own, web } }) => {
    const { text } = await createToken(own, { name: 'short', role: 'viewer', lifetimeMs: hourMs })
    const revoked = await createToken(own, { name: 'gone', role: 'viewer' })
    expect(await revokeToken(own, revoked.token.id)).toBe(true)
    expect(await revokeToken(own, revoked.token.id)).toBe(false)
    await expect(revokeToken(own, 999)).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' })
    for (const wrong of [
      '',
      'stw_',
      text.slice(0, -1),
      `${text}x`,
      text.toUpperCase(),
      revoked.text,
      'x'.repeat(100_000),
    ])
      expect(await authenticateToken(web, wrong)).toBeNull()
    expect(await authenticateToken(web, text)).not.toBeNull()
    await opened.advance(hourMs)
    expect(await authenticateToken(web, text)).toBeNull()
  })

  test('the last use of a token is noted at most once a minute', async ({ at: { opened, own, web } }) => {
    const { text } = await createToken(own, { name: 'ci', role: 'viewer' })
    const usedAt = async () => (await listTokens(own))[0]?.lastUsedAt
    const first = await own.store.metrics.now()
    await authenticateToken(web, text)
    await opened.advance(minuteMs - 1)
    await authenticateToken(web, text)
    expect(await usedAt()).toBe(first)
    await opened.advance(1)
    await authenticateToken(web, text)
    expect(await usedAt()).toBe(first + minuteMs)
  })

  test('a token becomes a session, which dies with it', async ({ at: { own, web } }) => {
    const { token, text } = await createToken(own, { name: 'ada', role: 'operator', queues: ['mail'] })
    const session = await openSession(web, text)
    expect(session).toMatch(secretText)
    const actor = await authenticateSession(web, String(session))
    expect(actor).toMatchObject({ kind: 'session', name: 'ada', role: 'operator', queues: ['mail'], tokenId: token.id })
    await revokeToken(own, token.id)
    expect(await authenticateSession(web, String(session))).toBeNull()
    expect(await openSession(web, text)).toBeNull()
  })

  test('a session ends after twelve idle hours, and after seven days whatever is done', async ({
    at: { opened, own, web },
  }) => {
    const { text } = await createToken(own, { name: 'ada', role: 'viewer' })
    const idle = String(await openSession(web, text))
    const used = String(await openSession(web, text))
    await opened.advance(12 * hourMs - 1)
    expect(await authenticateSession(web, used)).not.toBeNull()
    await opened.advance(1)
    expect(await authenticateSession(web, idle)).toBeNull()
    for (let half = 1; half < 14; half += 1) {
      expect(await authenticateSession(web, used), `after ${half} half days`).not.toBeNull()
      await opened.advance(12 * hourMs - minuteMs)
    }
    expect(await authenticateSession(web, used)).not.toBeNull()
    await opened.advance(14 * minuteMs)
    expect(await authenticateSession(web, used)).toBeNull()
  })

  test('a closed session is over at once', async ({ at: { own, web } }) => {
    const { text } = await createToken(own, { name: 'ada', role: 'viewer' })
    const session = String(await openSession(web, text))
    expect(await closeSession(web, session)).toBe(true)
    expect(await authenticateSession(web, session)).toBeNull()
    expect(await closeSession(web, session)).toBe(false)
  })

  test('a login link opens one session of an admin, within ten minutes', async ({ at: { opened, own, web } }) => {
    const [code, late] = [await createLoginLink(own), await createLoginLink(own)]
    expect(code).toMatch(secretText)
    const sessions = await Promise.all([1, 2, 3, 4].map(() => redeemLoginLink(web, code)))
    const [won] = sessions.filter((session) => session !== null)
    expect(sessions.filter((session) => session !== null)).toHaveLength(1)
    expect(await authenticateSession(web, String(won))).toMatchObject({ kind: 'session', name: 'root', role: 'admin' })
    await opened.advance(10 * minuteMs)
    expect(await redeemLoginLink(web, late)).toBeNull()
    expect(await redeemLoginLink(web, 'never')).toBeNull()
  })

  test('every login leaves a row, with where it came from', async ({ at: { own, web } }) => {
    const { token, text } = await createToken(own, { name: 'ada', role: 'viewer' })
    await openSession(web, 'stw_wrong')
    await openSession(web, text)
    await redeemLoginLink(web, 'wrong')
    await redeemLoginLink(web, await createLoginLink(own))
    const rows = (await own.store.audit.list({ limit: 20, action: 'session:open' })).toReversed()
    const from = { ip: '10.0.0.7', requestId: 'r-1' }
    expect(rows).toMatchObject([
      { ...from, actorKind: 'anonymous', target: 'by a token', outcome: 'denied', reason: 'UNAUTHENTICATED' },
      { ...from, actorKind: 'session', actorName: 'ada', tokenId: token.id, outcome: 'done' },
      { ...from, actorKind: 'anonymous', target: 'by a login link', outcome: 'denied' },
      { ...from, actorKind: 'session', actorName: 'root', outcome: 'done' },
    ])
  })

  test('whoever reads all that is stored finds no secret to use', async ({ at: { opened, own, web } }) => {
    const { text } = await createToken(own, { name: 'ada', role: 'admin' })
    const session = String(await openSession(web, text))
    const code = await createLoginLink(own)
    const tables = ['stellwerk_token', 'stellwerk_session', 'stellwerk_login_link', 'stellwerk_audit']
    const rows: unknown[][] = []
    for (const table of tables) rows.push([...(await opened.sql(`SELECT * FROM ${table}`))])
    expect(rows.every((found) => found.length > 0)).toBe(true)
    const dump = JSON.stringify(rows)
    for (const secret of [text.slice(8), session, code]) expect(dump).not.toContain(secret)
    const stored = [...dump.matchAll(/[0-9a-f]{64}/g)].map(([hash]) => hash)
    expect(stored.length).toBeGreaterThan(3)
    for (const hash of stored) {
      expect(await authenticateToken(web, hash)).toBeNull()
      expect(await authenticateSession(web, hash)).toBeNull()
      expect(await redeemLoginLink(web, hash)).toBeNull()
    }
  })
})

base('no byte of the database file is a secret', async () => {
  const path = join(temporaryFolder(), 'store.db')
  const store = await openTestStore({ path })
  const own = { store, log: silentLog, actor: trustedActor('cli', 'root') }
  const { text } = await createToken(own, { name: 'ada', role: 'admin' })
  const session = String(await openSession(own, text))
  const code = await createLoginLink(own)
  const bytes = ['', '-wal'].map((suffix) => readFileSync(`${path}${suffix}`, 'latin1')).join('')
  expect(bytes).toContain(text.slice(0, 8))
  for (const secret of [text.slice(4), session, code]) expect(bytes).not.toContain(secret)
})

base('nobody gives more than they have, and what makes no sense is refused with the reason', async () => {
  const store = await openTestStore()
  const deps = (actor: Actor): OperationDeps => ({ store, log: silentLog, actor })
  const own = deps(trustedActor('cli', 'root'))
  const narrow = { ...trustedActor('cli', 'clerk'), permissions: ['token:manage', 'job:read'] as const }
  await expect(createToken(deps(narrow), { name: 'x', role: 'admin' })).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
  })
  const wrong = [
    [{ name: '', role: 'viewer' }, 'token name'],
    [{ name: 'a\nb', role: 'viewer' }, 'control characters'],
    [{ name: 'x', role: 'operater' }, "did you mean 'operator'?"],
    [{ name: 'x', role: 'producer' }, 'name at least one'],
    [{ name: 'x', role: 'producer', queues: [] }, 'name at least one'],
    [{ name: 'x', role: 'viewer', queues: ['*'] }, 'stands for all'],
    [{ name: 'x', role: 'viewer', lifetimeMs: 1 }, 'one minute to ten years'],
    [{ name: 'x', role: 'viewer', lifetimeMs: Number.NaN }, 'one minute to ten years'],
  ] as const
  for (const [request, words] of wrong)
    await expect(createToken(own, request as never)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(words) as string,
    })
  expect(await listTokens(own)).toEqual([])
})
