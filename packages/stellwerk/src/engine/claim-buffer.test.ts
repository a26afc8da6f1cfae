import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import { ClaimBuffer } from './claim-buffer.ts'

function batch(ids: readonly number[], solo: readonly number[] = []) {
  return { jobs: ids.map((id) => claimedJob({ id, solo: solo.includes(id) })), receivedMs: 5 }
}

test('jobs come out in the order in which they came in, with their time of arrival', () => {
  const buffer = new ClaimBuffer(() => 0)
  buffer.add(batch([3, 1]))
  buffer.add(batch([]))
  buffer.add(batch([2]))
  expect(buffer.held).toBe(3)
  expect(buffer.take(2, 0).map(({ job, receivedMs }) => [job.id, receivedMs])).toEqual([
    [3, 5],
    [1, 5],
  ])
  expect(buffer.ids()).toEqual([2])
  expect(buffer.drain().map(({ id }) => id)).toEqual([2])
  expect([buffer.held, buffer.ids(), buffer.drain()]).toEqual([0, [], []])
})

test('a solo job waits until nothing runs, and comes alone', () => {
  const buffer = new ClaimBuffer(() => 0)
  buffer.add(batch([1, 2, 3], [2]))
  expect(buffer.take(5, 0).map(({ job }) => job.id)).toEqual([1])
  expect(buffer.take(5, 1)).toEqual([])
  expect(buffer.take(5, 0).map(({ job }) => job.id)).toEqual([2])
  expect(buffer.take(5, 1).map(({ job }) => job.id)).toEqual([3])
})

test('an idle station wants as much as it has room for, a fast one what starts in a tenth of a second', () => {
  let now = 0
  const buffer = new ClaimBuffer(() => now)
  expect(buffer.wanted(8)).toBe(8)
  for (let round = 0; round < 200; round++) {
    buffer.add(batch(Array.from({ length: 50 }, (_, at) => at + 1)))
    buffer.take(50, 0)
    now += 10
    buffer.wanted(8)
  }
  const wanted = buffer.wanted(8)
  expect(wanted).toBeGreaterThan(400)
  expect(wanted).toBeLessThanOrEqual(501)
  now += 10_000
  expect(buffer.wanted(8), 'a pause is forgotten soon').toBe(8)
})

test('a slow handler is not taken for its busiest moments: nearly nothing is held ahead of it', () => {
  let now = 0
  const buffer = new ClaimBuffer(() => now)
  for (let moment = 1; moment <= 500; moment++) {
    if (moment % 10 === 0) {
      buffer.add(batch([moment]))
      buffer.take(1, 0)
    }
    now += 10
    expect(buffer.wanted(0), `after ${now} ms, one job each 100 ms`).toBeLessThanOrEqual(2)
  }
})

test('never more than 2,000 are held, however fast the handlers are', () => {
  let now = 0
  const buffer = new ClaimBuffer(() => now)
  for (let round = 0; round < 100; round++) {
    buffer.add(batch(Array.from({ length: 2_000 }, (_, at) => at + 1)))
    buffer.take(2_000, 0)
    now += 10
    buffer.wanted(8)
  }
  expect(buffer.wanted(8)).toBe(2_000)
})

test('nothing is lost and nothing comes twice, whatever the order of calls', () => {
  const call = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), solo: fc.array(fc.boolean(), { maxLength: 5 }) }),
    fc.record({ kind: fc.constant('take' as const), free: fc.nat(6), running: fc.nat(1) }),
    fc.record({ kind: fc.constant('drain' as const) }),
  )
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
      const buffer = new ClaimBuffer(() => 0)
      let next = 1
      const out: number[] = []
      for (const each of calls) {
        if (each.kind === 'add') {
          const ids = each.solo.map(() => next++)
          buffer.add(
            batch(
              ids,
              ids.filter((_, at) => each.solo[at]),
            ),
          )
        } else if (each.kind === 'take') {
          const taken = buffer.take(each.free, each.running)
          expect(taken.length).toBeLessThanOrEqual(each.free)
          expect(taken.length > 1 && taken.some(({ job }) => job.solo), 'solo is alone').toBe(false)
          out.push(...taken.map(({ job }) => job.id))
        } else out.push(...buffer.drain().map(({ id }) => id))
        expect(buffer.ids()).toHaveLength(buffer.held)
      }
      expect([...out, ...buffer.ids()]).toEqual(Array.from({ length: next - 1 }, (_, at) => at + 1))
    }),
  )
})
