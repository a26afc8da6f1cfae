import { expect, test } from 'vitest'
import { deferred } from './deferred.ts'

test('a deferred is resolved from outside, and only once', async () => {
  const gate = deferred<number>()
  gate.resolve(1)
  gate.resolve(2)
  gate.reject(new Error('too late'))
  expect(await gate.promise).toBe(1)
})

test('a deferred is rejected from outside', async () => {
  const { promise, reject } = deferred()
  reject(new Error('refused'))
  await expect(promise).rejects.toThrow('refused')
})
