import { expect } from 'vitest'
import { hashOf, newToken } from './access-samples.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import type { StoreHarness } from './store-harness.ts'

const cases: StoreCases = {
  'a token is found by its hash while it holds, with all that was said of it': async ({ store }) => {
    const token = await store.tokens.create(newToken({ queues: ['mail', 'bills'], role: 'producer' }))
    const now = await store.metrics.now()
    const record = {
      id: token.id,
      prefix: 'stw_aaaa',
      name: 'screen',
      role: 'producer',
      queues: ['mail', 'bills'],
      createdBy: 'ada',
      createdAt: now,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    }
    expect(token).toEqual(record)
    expect(await store.tokens.findLive(hashOf('a'))).toEqual({ ...record, hash: hashOf('a'), now })
    expect(await store.tokens.findLive(hashOf('c'))).toBeUndefined()
    expect(await store.tokens.list(10)).toEqual([record])
  },

  'a token holds to its last millisecond and no longer': async (opened) => {
    const { store } = opened
    const { expiresAt } = await store.tokens.create(newToken({ lifetimeMs: 60_000 }))
    expect(expiresAt).toBe((await store.metrics.now()) + 60_000)
    await opened.advance(59_999)
    expect(await store.tokens.findLive(hashOf('a'))).toBeDefined()
    expect(await store.tokens.countLive()).toBe(1)
    await opened.advance(1)
    expect(await store.tokens.findLive(hashOf('a'))).toBeUndefined()
    expect(await store.tokens.countLive()).toBe(0)
    expect(await store.tokens.list(10)).toHaveLength(1)
  },

  'a revoked token no longer holds, is revoked once, and an unknown one is said to be': async (opened) => {
    const { store } = opened
    const { id } = await store.tokens.create(newToken())
    const revokedAt = await store.metrics.now()
    expect(await store.tokens.revoke(id)).toBe('revoked')
    await opened.advance(1_000)
    expect(await store.tokens.revoke(id)).toBe('before')
    expect(await store.tokens.revoke(id + 1)).toBe('absent')
    expect(await store.tokens.findLive(hashOf('a'))).toBeUndefined()
    expect(await store.tokens.list(10)).toMatchObject([{ id, revokedAt }])
  },

  'the last use is noted at most once a minute': async (opened) => {
    const { store } = opened
    const { id } = await store.tokens.create(newToken())
    const first = await store.metrics.now()
    await store.tokens.touch(id)
    await opened.advance(59_999)
    await store.tokens.touch(id)
    expect(await store.tokens.findLive(hashOf('a'))).toMatchObject({ lastUsedAt: first })
    await opened.advance(1)
    await store.tokens.touch(id)
    expect(await store.tokens.findLive(hashOf('a'))).toMatchObject({ lastUsedAt: first + 60_000 })
  },

  'tokens are listed newest first, and two never share a hash': async ({ store }) => {
    const names = ['one', 'two', 'three']
    for (const [index, name] of names.entries())
      await store.tokens.create(newToken({ name, hash: hashOf(String(index)) }))
    expect((await store.tokens.list(2)).map(({ name }) => name)).toEqual(['three', 'two'])
    await expect(store.tokens.create(newToken({ hash: hashOf('0') }))).rejects.toThrow()
  },
}

/** What {@link TokenStore} promises. */
export function tokensSuite(harness: StoreHarness): void {
  registerCases('tokens', harness, cases)
}
