import { expect, test } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import type { ArrivedJob } from './executor.ts'
import { ReservedBuffer } from './reserved-buffer.ts'

function bufferBeside(running: { urgent: number; ordinary: number }): ReservedBuffer {
  const executor = {
    get running() {
      return running.urgent + running.ordinary
    },
    runningFrom: () => running.urgent,
  }
  return new ReservedBuffer({ priority: 10, slots: 2 }, () => executor)
}

const jobs = (...priorities: readonly number[]) =>
  priorities.map((priority, at) => claimedJob({ id: at + 1, priority }))
const idsOf = (taken: readonly ArrivedJob[]) => taken.map(({ job }) => job.id)

test('urgent jobs start first, the others as far as the reserve allows', () => {
  const buffer = bufferBeside({ urgent: 0, ordinary: 0 })
  buffer.add({ jobs: jobs(0, 10, 0, 0), receivedMs: 0 })
  expect(idsOf(buffer.take(4, 0))).toEqual([2, 1, 3])
  expect(buffer.ids()).toEqual([4])
})

test('what is held counts against the room for more, and nothing is wanted ahead', () => {
  const running = { urgent: 0, ordinary: 6 }
  const buffer = bufferBeside(running)
  expect(buffer.roomFor(4)).toEqual({ priority: 10, room: 2 })
  buffer.add({ jobs: jobs(0), receivedMs: 0 })
  expect(buffer.wanted(4)).toBe(3)
  expect(buffer.roomFor(3)).toEqual({ priority: 10, room: 1 })
  running.ordinary = 8
  expect(idsOf(buffer.take(2, 1))).toEqual([])
  buffer.add({ jobs: [claimedJob({ id: 9, priority: 20 })], receivedMs: 0 })
  expect(idsOf(buffer.take(2, 1))).toEqual([9])
})

test('a suspect comes alone, and is not overtaken while it waits for an empty executor', () => {
  const buffer = bufferBeside({ urgent: 0, ordinary: 1 })
  buffer.add({ jobs: [claimedJob({ id: 1, priority: 10, solo: true }), ...jobs(0, 0).slice(1)], receivedMs: 0 })
  expect(idsOf(buffer.take(9, 1))).toEqual([])
  expect(idsOf(buffer.take(10, 0))).toEqual([1])
  expect(buffer.remove({ id: 2, claimSeq: claimedJob().claimSeq })?.id).toBe(2)
  expect([buffer.held, buffer.drain()]).toEqual([0, []])
})
