import { expect } from 'vitest'
import { hashOf, newSession, newToken } from './access-samples.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'

const idleMs = 43_200_000
const weekMs = 604_800_000
const ofLink = { hash: hashOf('b'), role: 'admin', lifetimeMs: weekMs } as const

const sessions: StoreCases = {
  'a session is found while it holds, with all that was said of it': async ({ store }) => {
    const now = await store.metrics.now()
    await store.sessions.open(newSession({ queues: ['mail'] }))
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toEqual({
      hash: hashOf('b'),
      tokenId: null,
      name: 'ada',
      role: 'operator',
      queues: ['mail'],
      createdAt: now,
      lastSeenAt: now,
      endsAt: now + weekMs,
      now,
    })
    expect(await store.sessions.findLive(hashOf('c'), idleMs)).toBeUndefined()
  },

  'an idle session ends; one that is used goes on, and its use is noted at most once a minute': async (opened) => {
    const { store } = opened
    await store.sessions.open(newSession())
    const opened1 = await store.metrics.now()
    await opened.advance(59_999)
    await store.sessions.touch(hashOf('b'))
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toMatchObject({ lastSeenAt: opened1 })
    await opened.advance(idleMs - 60_000)
    await store.sessions.touch(hashOf('b'))
    await opened.advance(idleMs - 1)
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toMatchObject({ lastSeenAt: opened1 + idleMs - 1 })
    await opened.advance(1)
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toBeUndefined()
  },

  'a session ends with its time, however it is used': async (opened) => {
    const { store } = opened
    await store.sessions.open(newSession({ lifetimeMs: 3 * 60_000 }))
    for (let minute = 0; minute < 2; minute += 1) {
      await opened.advance(60_000)
      await store.sessions.touch(hashOf('b'))
    }
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toBeDefined()
    await opened.advance(60_000)
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toBeUndefined()
  },

  'a session dies with its token, revoked or expired': async (opened) => {
    const { store } = opened
    const short = await store.tokens.create(newToken({ hash: hashOf('1'), lifetimeMs: 60_000 }))
    const long = await store.tokens.create(newToken({ hash: hashOf('2') }))
    await store.sessions.open(newSession({ hash: hashOf('8'), tokenId: short.id }))
    await store.sessions.open(newSession({ hash: hashOf('9'), tokenId: long.id }))
    await opened.advance(60_000)
    expect(await store.sessions.findLive(hashOf('8'), idleMs)).toBeUndefined()
    expect(await store.sessions.findLive(hashOf('9'), idleMs)).toMatchObject({ tokenId: long.id })
    await store.tokens.revoke(long.id)
    expect(await store.sessions.findLive(hashOf('9'), idleMs)).toBeUndefined()
  },

  'a closed session is gone, and closing it again says so': async ({ store }) => {
    await store.sessions.open(newSession())
    expect(await store.sessions.close(hashOf('b'))).toBe(true)
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toBeUndefined()
    expect(await store.sessions.close(hashOf('b'))).toBe(false)
  },

  'the sweep takes what no longer holds, in steps, and nothing else': async (opened) => {
    const { store } = opened
    const { id } = await store.tokens.create(newToken())
    await store.sessions.open(newSession({ hash: hashOf('1'), lifetimeMs: 60_000 }))
    await store.sessions.open(newSession({ hash: hashOf('2'), tokenId: id }))
    await store.sessions.open(newSession({ hash: hashOf('3') }))
    await store.sessions.createLink({ hash: hashOf('4'), createdBy: 'ada', lifetimeMs: 60_000 })
    await store.sessions.createLink({ hash: hashOf('5'), createdBy: 'ada', lifetimeMs: 600_000 })
    await store.tokens.revoke(id)
    await opened.advance(60_000)
    expect(await store.sessions.sweep(idleMs, 1)).toBe(2)
    expect(await store.sessions.sweep(idleMs, 100)).toBe(1)
    expect(await store.sessions.sweep(idleMs, 100)).toBe(0)
    expect(await store.sessions.findLive(hashOf('3'), idleMs)).toBeDefined()
    expect(await store.sessions.redeemLink(hashOf('5'), ofLink)).toBe('ada')
  },
}

const links: StoreCases = {
  'a link opens a session of its maker, once': async ({ store }) => {
    await store.sessions.createLink({ hash: hashOf('4'), createdBy: 'ada', lifetimeMs: 600_000 })
    expect(await store.sessions.redeemLink(hashOf('5'), { ...ofLink, hash: hashOf('c') })).toBeNull()
    expect(await store.sessions.redeemLink(hashOf('4'), ofLink)).toBe('ada')
    const session = { name: 'ada', role: 'admin', tokenId: null, queues: null }
    expect(await store.sessions.findLive(hashOf('b'), idleMs)).toMatchObject(session)
    expect(await store.sessions.redeemLink(hashOf('4'), { ...ofLink, hash: hashOf('c') })).toBeNull()
    expect(await store.sessions.findLive(hashOf('c'), idleMs)).toBeUndefined()
  },

  'a link works to its last millisecond': async (opened) => {
    const { store } = opened
    for (const digit of ['4', '5'])
      await store.sessions.createLink({ hash: hashOf(digit), createdBy: 'ada', lifetimeMs: 600_000 })
    await opened.advance(599_999)
    expect(await store.sessions.redeemLink(hashOf('4'), ofLink)).toBe('ada')
    await opened.advance(1)
    expect(await store.sessions.redeemLink(hashOf('5'), { ...ofLink, hash: hashOf('c') })).toBeNull()
  },

  'of many who redeem one link at once, from several processes, one wins': async (opened) => {
    const { store } = opened
    const stores = [store, await opened.openSecond(), await opened.openSecond()]
    for (let round = 0; round < 5; round += 1) {
      await store.sessions.createLink({ hash: hashOf(String(round)), createdBy: 'ada', lifetimeMs: 600_000 })
      const won = await Promise.all(
        [...stores, ...stores].map((each, index) =>
          each.sessions.redeemLink(hashOf(String(round)), { ...ofLink, hash: `${round}${index}`.padEnd(64, 'f') }),
        ),
      )
      expect(won.filter((name) => name !== null)).toEqual(['ada'])
    }
    const [row] = await opened.sql('SELECT count(*) AS n FROM stellwerk_session')
    expect(Number(row?.['n'])).toBe(5)
  },
}

/** What {@link SessionStore} promises. */
export function sessionsSuite(harness: StoreHarness): void {
  registerCases('sessions', harness, { ...sessions, ...links })
}
