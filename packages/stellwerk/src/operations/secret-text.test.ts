import { Hash, timingSafeEqual } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { createSecret, hashSecret, isSameHash } from './secret-text.ts'

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>()
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) }
})

afterEach(() => {
  vi.restoreAllMocks()
})

const hash = hashSecret('a secret')
const none = '0'.repeat(64)

test.each([
  ['the same', hash, hash, true],
  ['another from the first digit on', hash, `${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}`, false],
  ['another in the last digit', hash, `${hash.slice(0, -1)}${hash.endsWith('0') ? '1' : '0'}`, false],
  ['none', hash, undefined, false],
  ['none, where a hash could be taken for it', none, undefined, false],
])(
  'whether a hash is %s takes the same steps: both are hashed whole, then all bytes compared',
  (...[, left, right, same]) => {
    const compare = vi.mocked(timingSafeEqual).mockClear()
    const update = vi.spyOn(Hash.prototype, 'update')
    expect(isSameHash(left, right)).toBe(same)
    expect(update.mock.calls.map(([text]) => String(text).length)).toEqual([64, 64])
    expect(compare.mock.calls.map(([one, other]) => [one.byteLength, other.byteLength])).toEqual([[32, 32]])
  },
)

test('no secret is like another, and each says what it is', () => {
  const secrets = new Set(Array.from({ length: 100 }, () => createSecret('sw_')))
  expect(secrets.size).toBe(100)
  for (const secret of secrets) expect(secret).toMatch(/^sw_[\w-]{43}$/)
})
