import { expect, test } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import { completedOf } from '../storage/conformance/sample-records.ts'
import type { CompletedOutcome } from '../storage/outcome-store.ts'
import { packCompletions, unpackCompletions } from './pack-completions.ts'

const plain: CompletedOutcome = { ...completedOf(claimedJob({ id: 1 })), workerId: 'worker-a' }
const everyJob = { workerId: 'worker-a', takeJob: () => ({ queue: plain.queue, type: plain.type }) }

function overTheChannel(outcomes: readonly CompletedOutcome[], source = everyJob): readonly CompletedOutcome[] {
  return unpackCompletions(JSON.parse(JSON.stringify(packCompletions(outcomes))), source)
}

const changes: readonly Partial<CompletedOutcome>[] = [
  { claimSeq: 9 },
  { tries: 9 },
  { result: '[1,[2]]' },
  { startedAt: 1 },
  { waitMs: 2.5 },
  { runMs: 3.5 },
  { cpuMs: null },
  { memoryBytes: 4 },
  { memoryPeakBytes: 5 },
]

test('completions come out as they went in, whichever field differs from one to the next', () => {
  const known = ['kind', 'id', 'queue', 'type', 'workerId']
  const sent = Object.keys(plain).filter((field) => !known.includes(field))
  expect(changes.flatMap((change) => Object.keys(change)).toSorted()).toEqual(sent.toSorted())
  for (const change of changes) {
    const outcomes = [plain, { ...plain, id: 2, ...change }, { ...plain, id: 3 }]
    expect(overTheChannel(outcomes)).toEqual(outcomes)
  }
})

test('what is said of a claim that the worker does not hold counts for nothing', () => {
  const asked: [number, number][] = []
  const takeJob = (id: number, claimSeq: number) => {
    asked.push([id, claimSeq])
    return id === 2 ? { queue: 'its own', type: 'known here' } : undefined
  }
  const outcomes = [plain, { ...plain, id: 2, claimSeq: 7 }]
  expect(overTheChannel(outcomes, { workerId: 'worker-b', takeJob: takeJob as typeof everyJob.takeJob })).toEqual([
    { ...plain, id: 2, claimSeq: 7, queue: 'its own', type: 'known here', workerId: 'worker-b' },
  ])
  expect(asked).toEqual([
    [1, plain.claimSeq],
    [2, 7],
  ])
})

test.each([
  ['without ids', { id: null }, 'without ids'],
  ['with a text as an id', { id: ['1', 2] }, 'without ids'],
  ['with fewer values than ids', { waitMs: [1] }, "'waitMs'"],
  ['without a column', { runMs: undefined }, "'runMs'"],
  ['with a text for a number', { startedAt: 'now' }, "'startedAt'"],
  ['with a number for a result', { result: [null, 5] }, "'result'"],
  ['with a result that is too large', { result: 'ä'.repeat(131_073) }, "'result'"],
])('completions %s are refused before a job is taken', (_, change, message) => {
  const packed = { ...packCompletions([plain, { ...plain, id: 2 }]), ...change } as Parameters<
    typeof unpackCompletions
  >[0]
  const takeJob = () => expect.unreachable('a job was taken')
  expect(() => unpackCompletions(packed, { workerId: 'worker-a', takeJob })).toThrow(message)
})

test('none at all are none', () => {
  expect(overTheChannel([])).toEqual([])
})
