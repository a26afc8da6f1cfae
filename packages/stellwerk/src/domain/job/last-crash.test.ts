import { expect, test } from 'vitest'
import type { AttemptRecord } from './job-record.ts'
import { lastCrashOf } from './last-crash.ts'

function ended(attempt: number, changes: Partial<AttemptRecord>): AttemptRecord {
  return {
    ...{ jobId: 1, attempt, claimSeq: attempt, kind: 'error', errorClass: 'Error', message: 'no', stack: null },
    ...{ causes: [], host: 'a', stationId: 's', workerId: null, startedAt: null, finishedAt: 1, runMs: null },
    ...{ memoryBytes: null, memoryPeakBytes: null },
    ...changes,
  }
}

test('the newest death of the process is found among the attempts, be it for memory or not', () => {
  const crash = ended(1, { kind: 'crash', errorClass: 'WorkerCrash' })
  const heap = ended(2, { kind: 'memory', errorClass: 'WorkerCrash' })
  expect(lastCrashOf([crash, heap, ended(3, {})])).toBe(heap)
  expect(lastCrashOf([crash, ended(2, { kind: 'memory', errorClass: 'MemoryError' })])).toBe(crash)
  const unnamed = ended(3, { kind: 'crash', errorClass: 'Error' })
  expect(lastCrashOf([crash, heap, unnamed])).toBe(unnamed)
  expect(lastCrashOf([ended(1, {})])).toBeUndefined()
})
