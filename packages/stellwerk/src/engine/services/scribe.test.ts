import { expect, onTestFinished, test, vi } from 'vitest'
import { silentLog } from '../../std/log.ts'
import type { LogAppend, ProgressUpdate } from '../../storage/outcome-store.ts'
import type { LiveRecords } from '../executor.ts'
import { FailureLog } from '../failure-log.ts'
import { createScribe } from './scribe.ts'

const append = (jobId: number, chunk: number, dropBelowChunk = 0): LogAppend => ({
  ...{ jobId, claimSeq: 1, attempt: 1, chunk, lines: `chunk ${chunk}`, dropBelowChunk },
})

const progress = (jobId: number, percent: number, claimSeq = 1): ProgressUpdate => ({
  ...{ jobId, claimSeq, progress: percent, note: null },
})

/** What is stored of these takes, one each pass; the store fails the first `failures` times. */
async function storedOf(takes: readonly Partial<LiveRecords>[], failures: number): Promise<unknown[]> {
  const left = [...takes]
  const calls: unknown[] = []
  const recordLive = vi.fn(async (...records: unknown[]) => {
    calls.push(records)
    if (calls.length <= failures) throw new Error('away')
  })
  const scribe = createScribe(
    { recordLive },
    () => ({ logs: [], progress: [], ...left.shift() }),
    new FailureLog(silentLog),
  )
  onTestFinished(() => scribe.stop())
  scribe.start()
  await vi.waitFor(() => expect(left).toEqual([]), { timeout: 20_000, interval: 5 })
  await scribe.stop()
  return calls.slice(failures)
}

test('what could not be stored comes again, before what was written since', async () => {
  const [one, two] = [append(1, 0), append(1, 1)]
  expect(await storedOf([{ logs: [one] }, { logs: [two], progress: [progress(1, 10)] }], 1)).toEqual([
    [[one, two], [progress(1, 10)]],
  ])
})

test('what is stored does not come again', async () => {
  expect(await storedOf([{ logs: [append(1, 0)] }, { progress: [progress(1, 10)] }], 0)).toEqual([
    [[append(1, 0)], []],
    [[], [progress(1, 10)]],
  ])
})

test('while the store is away nothing is kept that it would not keep', async () => {
  const takes = [
    { logs: [append(1, 0), append(1, 1), append(2, 0)], progress: [progress(1, 10), progress(1, 5, 2)] },
    { logs: [append(1, 2, 1)], progress: [progress(1, 20)] },
    { logs: [append(1, 3, 2)], progress: [progress(2, 50)] },
  ]
  expect(await storedOf(takes, 2)).toEqual([
    [
      [append(2, 0), append(1, 2, 1), append(1, 3, 2)],
      [progress(1, 20), progress(1, 5, 2), progress(2, 50)],
    ],
  ])
})
