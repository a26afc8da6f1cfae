import { expect, test } from 'vitest'
import { defineJob } from '../../client/define-job.ts'
import { JobRegistry } from '../../client/job-registry.ts'
import type { StationEvent } from '../../client/work-options.ts'
import type { Log, LogFields } from '../../std/log.ts'
import { traceJobs } from './trace-jobs.ts'

const registry = new JobRegistry([
  defineJob({ name: 'letter', redact: () => ({ to: 'somebody' }), handle: () => {} }),
  defineJob({ name: 'plain', handle: () => {} }),
])
const off = { traceJobs: false, logPayload: false, logPerformance: false }
const events = (type: string, payload: string): readonly StationEvent[] => [
  { kind: 'claimed', count: 1, claims: [{ id: 5, claimSeq: 2 }] },
  { kind: 'started', id: 5, claimSeq: 2, type, queue: 'mail', attempt: 1, payload },
  {
    kind: 'ended',
    id: 5,
    claimSeq: 2,
    outcome: 'completed',
    runMs: 7,
    message: null,
    figures: { waitMs: 3, runMs: 7, cpuMs: 2, memoryBytes: 100, memoryPeakBytes: 120 },
  },
]

function written(rules: Partial<typeof off>, type = 'plain', payload = '{"a":1}'): (readonly [string, LogFields])[] {
  const lines: (readonly [string, LogFields])[] = []
  const write = (message: string, fields: LogFields = {}): void => void lines.push([message, fields])
  const log: Log = { debug: write, info: write, warn: write, error: write }
  const trace = traceJobs({ ...off, ...rules }, log, registry)
  for (const event of events(type, payload)) trace?.(event)
  return lines
}

test('nothing is listened to where no switch is on', () => {
  expect(traceJobs(off, { debug() {}, info() {}, warn() {}, error() {} }, registry)).toBeNull()
})

test('traceJobs writes claim, start and end', () => {
  expect(written({ traceJobs: true })).toEqual([
    ['jobs claimed', { count: 1, jobs: [5] }],
    ['job started', { job: 5, type: 'plain', queue: 'mail', attempt: 1, claim: 2 }],
    ['job ended', { job: 5, type: 'plain', claim: 2, outcome: 'completed', runMs: 7 }],
  ])
})

test('logPayload writes payloads without their secrets, by name and by the type, and cut', () => {
  const shown = (type: string, payload: string): unknown =>
    written({ logPayload: true }, type, payload)[0]?.[1]['payload']
  expect(shown('plain', '{"user":"ada","password":"hunter2"}')).toBe('{"user":"ada","password":"[redacted]"}')
  expect(shown('letter', '{"to":"ada","diagnosis":"flu"}')).toBe('{"to":"somebody"}')
  expect(shown('plain', JSON.stringify({ text: 'x'.repeat(5_000) }))).toHaveLength(2_048 - 2)
  expect(written({ logPayload: true }).map(([message]) => message)).toEqual(['job started'])
})

test('logPerformance writes what a run has cost', () => {
  expect(written({ logPerformance: true })).toEqual([
    [
      'job ended',
      {
        job: 5,
        type: 'plain',
        claim: 2,
        outcome: 'completed',
        waitMs: 3,
        runMs: 7,
        cpuMs: 2,
        memoryBytes: 100,
        memoryPeakBytes: 120,
      },
    ],
  ])
})
