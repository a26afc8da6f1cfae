import { expect, test, vi } from 'vitest'
import { deferred } from '../std/deferred.ts'
import { Snapshots } from './snapshots.ts'

function timed() {
  let now = 0
  return { snapshots: new Snapshots(() => now), pass: (ms: number) => (now += ms) }
}

test('five who ask at once cost one reading, and so do those of the next second', async () => {
  const { snapshots, pass } = timed()
  const load = vi.fn(async () => 'figures')
  const samples = await Promise.all(Array.from({ length: 5 }, () => snapshots.read('overview', load)))
  expect(samples.map(({ value }) => value)).toEqual(Array.from({ length: 5 }, () => 'figures'))
  pass(999)
  await snapshots.read('overview', load)
  expect(load).toHaveBeenCalledOnce()
  pass(1)
  await snapshots.read('overview', load)
  expect(load).toHaveBeenCalledTimes(2)
})

test('another view is another reading', async () => {
  const { snapshots } = timed()
  const load = vi.fn(async () => 1)
  await snapshots.read('overview|viewer', load)
  await snapshots.read('overview|admin', load)
  expect(load).toHaveBeenCalledTimes(2)
})

test('a failure is told to all who waited for it, and is not kept', async () => {
  const { snapshots } = timed()
  const gate = deferred<string>()
  const both = [snapshots.read('overview', () => gate.promise), snapshots.read('overview', () => gate.promise)]
  gate.reject(new Error('away'))
  for (const each of both) await expect(each).rejects.toThrow('away')
  expect(await snapshots.read('overview', async () => 'back')).toMatchObject({ value: 'back' })
})

test('after a change nothing is answered from before it, not even from a reading under way', async () => {
  const { snapshots } = timed()
  const before = deferred<string>()
  const early = snapshots.read('job', () => before.promise)
  snapshots.forget()
  const late = snapshots.read('job', async () => 'after')
  before.resolve('before')
  expect((await early).value).toBe('before')
  expect((await late).value).toBe('after')
  expect((await snapshots.read('job', async () => 'newer')).value).toBe('after')
})

test('a refresh reads anew however young the last sample is', async () => {
  const { snapshots } = timed()
  await snapshots.read('overview', async () => 1)
  expect((await snapshots.refresh('overview', async () => 2)).value).toBe(2)
  expect((await snapshots.read('overview', async () => 3)).value).toBe(2)
})

test('memory is bounded by the number of views', async () => {
  const { snapshots } = timed()
  for (let view = 0; view < 1_000; view++) await snapshots.read(`view ${view}`, async () => view)
  const load = vi.fn(async () => 'anew')
  await snapshots.read('view 0', load)
  expect(load).toHaveBeenCalledOnce()
})
