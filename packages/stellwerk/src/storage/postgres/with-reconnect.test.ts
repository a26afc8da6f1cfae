import { expect, test } from 'vitest'
import { StellwerkError } from '../../domain/errors.ts'
import { withReconnect } from './with-reconnect.ts'

const lost = new StellwerkError('STORE_UNREACHABLE', 'lost')
const busy = new StellwerkError('STORE_BUSY', 'busy')
const pause = () => Promise.resolve()

/** Fails with these, one after the other, then succeeds; says which attempts were made. */
function attempts(...failures: readonly Error[]) {
  const made: number[] = []
  const attempt = (lostBefore: number) => {
    const failure = failures[made.length]
    made.push(lostBefore)
    return failure === undefined ? Promise.resolve('done') : Promise.reject(failure)
  }
  return { made, attempt }
}

test('who has lost contact tries again, and knows that the attempt before may be in', async () => {
  const { made, attempt } = attempts(lost, lost)
  expect(await withReconnect(attempt, { boundMs: 10_000, pause })).toBe('done')
  expect(made).toEqual([0, 1, 2])
})

test('busy is for the caller to repeat, as whatever else was refused', async () => {
  const { made, attempt } = attempts(busy)
  await expect(withReconnect(attempt, { boundMs: 10_000, pause })).rejects.toBe(busy)
  const other = new StellwerkError('INTERNAL', 'other')
  await expect(withReconnect(attempts(lost, other).attempt, { boundMs: 10_000, pause })).rejects.toBe(other)
  expect(made).toEqual([0])
})

test('busy after contact was lost is not: the attempt that is unclear may be what holds the rows', async () => {
  const { made, attempt } = attempts(lost, busy, busy)
  expect(await withReconnect(attempt, { boundMs: 10_000, pause })).toBe('done')
  expect(made).toEqual([0, 1, 2, 3])
})

test('and is never told as busy, however long it lasts', async () => {
  const { attempt } = attempts(lost, busy)
  await expect(withReconnect(attempt, { boundMs: 30, pause })).rejects.toBe(lost)
})
