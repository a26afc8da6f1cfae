import { expect, test } from 'vitest'
import { type JobVerdict, jobVerdict, type VerdictSource } from './job-verdict.ts'

const nowMs = Date.UTC(2026, 2, 1, 12)
const at = (seconds: number): string => new Date(nowMs + seconds * 1_000).toISOString()
const job: VerdictSource = {
  state: 'pending',
  attempt: 0,
  tries: 3,
  failures: 0,
  crashes: 0,
  triesBegun: 0,
  createdAt: at(-60),
  runAt: at(-60),
  claimedAt: null,
  startedAt: null,
  finishedAt: null,
  waitMs: null,
  runMs: null,
}

test.for<[string, Partial<VerdictSource>, JobVerdict]>([
  ['waits', { state: 'pending' }, { kind: 'waiting', forMs: 60_000 }],
  ['waits since its time came, not since its creation', { runAt: at(-5) }, { kind: 'waiting', forMs: 5_000 }],
  ['is held back', { state: 'blocked' }, { kind: 'blocked', forMs: 60_000 }],
  ['is due later', { state: 'scheduled', runAt: at(42) }, { kind: 'scheduled', inMs: 42_000 }],
  ['is due by now', { state: 'scheduled', runAt: at(-1) }, { kind: 'scheduled', inMs: 0 }],
  [
    'was taken',
    { state: 'processing', attempt: 1, claimedAt: at(-9) },
    { kind: 'running', forMs: 9_000, attempt: 1, tries: 3 },
  ],
  [
    'runs',
    { state: 'processing', attempt: 5, failures: 1, startedAt: at(-12) },
    { kind: 'running', forMs: 12_000, attempt: 2, tries: 3 },
  ],
  [
    'tries again',
    { state: 'retrying', failures: 1, runAt: at(42) },
    { kind: 'retrying', inMs: 42_000, failures: 1, tries: 3 },
  ],
  ['completed', { state: 'completed', attempt: 1, runMs: 12 }, { kind: 'completed', runMs: 12, attempt: 1 }],
  ['failed for want of tries', { state: 'failed', attempt: 3, failures: 3 }, { kind: 'failed', failures: 3, tries: 3 }],
  [
    'was given up after a retry by hand',
    { state: 'failed', attempt: 4, failures: 1, triesBegun: 1 },
    { kind: 'given_up', attempt: 1, tries: 3 },
  ],
  [
    'killed its process too often',
    { state: 'failed', attempt: 3, crashes: 3, triesBegun: 1 },
    { kind: 'crashed', crashes: 3 },
  ],
  ['was cancelled', { state: 'cancelled', finishedAt: at(-3) }, { kind: 'cancelled', agoMs: 3_000 }],
])('a job that %s', ([, change, verdict]) => {
  expect(jobVerdict({ ...job, ...change }, nowMs)).toEqual(verdict)
})
