import { expect, test } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import { describeFailure } from '../domain/job/describe-failure.ts'
import { completedOf } from '../storage/conformance/sample-records.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import { checkMessage } from './check-message.ts'
import type { ToStation } from './messages.ts'
import { packCompletions } from './pack-completions.ts'

const fence = { id: 7, claimSeq: 2, workerId: 'w_1' }
const run = { startedAt: 1, waitMs: 0.5, runMs: 2, cpuMs: null, memoryBytes: 3, memoryPeakBytes: null }
const failure = describeFailure(new Error('no', { cause: new TypeError('why') }))

const outcomes: readonly Outcome[] = [
  { kind: 'retrying', ...fence, ...run, tries: 3, threw: true, delayMs: 10, failure },
  { kind: 'failed', ...fence, ...run, tries: 3, threw: false, failure, hook: true },
  { kind: 'returned', id: 7, claimSeq: 2 },
  { kind: 'snoozed', ...fence, delayMs: 0 },
  { kind: 'cancelled', ...fence, ...run, tries: 3, failure },
  {
    ...{ kind: 'cancelled', ...fence, tries: 3, failure: null, startedAt: null, waitMs: null, runMs: null },
    ...{ cpuMs: null, memoryBytes: null, memoryPeakBytes: null },
  },
]

const figures = {
  ...{ jobsDone: 1, jobsFailed: 0, memoryBytes: 1, cpuPercent: 0.1, bytesIn: 0, bytesOut: 0, loopLagMs: 0 },
  ...{ throughputPerMinute: 0.5, meanRunMs: 1.5, errorRatio: 0 },
}

const newJob = {
  ...{
    type: 'echo',
    typeVersion: 1,
    queue: 'default',
    priority: -10,
    weight: 0,
    payload: '{}',
    options: null,
    delayMs: 0,
  },
  ...{ runAt: null, tries: 3, maxCrashes: 3, parentId: 7, runId: null },
}

const log = { jobId: 7, claimSeq: 2, attempt: 1, chunk: 0, lines: '{"message":"hi"}', dropBelowChunk: 0 }
const progress = { jobId: 7, claimSeq: 2, progress: 12.5, note: 'half of a quarter' }

const messages: readonly ToStation[] = [
  { k: 'hello', version: '1.0.0', types: [{ name: 'a', version: 1, defaults: {}, hasHandler: true, hasHook: false }] },
  { k: 'unfit', error: { code: null, message: 'does not load' } },
  { k: 'ended', completed: packCompletions([completedOf(claimedJob({ id: 1 }))]), outcomes },
  { k: 'live', logs: [log], progress: [progress] },
  { k: 'committed', completed: packCompletions([]) },
  ...outcomes.map((outcome) => ({ k: 'stuck', outcome }) as const),
  { k: 'dispatch', n: 1, jobs: [newJob] },
  { k: 'hooked', n: 1 },
  { k: 'report', figures, running: [{ id: 7, type: 'a', queue: 'default', startedAt: 1 }], runningCount: 1 },
  { k: 'recycle', reason: 'memory' },
  { k: 'signal', signal: 'pause' },
  { k: 'log', level: 'warn', message: 'a\u0000b', fields: { any: ['thing'] } },
  { k: 'bye' },
]

test('what a worker of ours says passes', () => {
  for (const message of messages) {
    const sent: unknown = JSON.parse(JSON.stringify(message))
    expect(() => checkMessage(sent)).not.toThrow()
  }
})

const [retrying, failed, returned, snoozed, cancelled] = outcomes
const ended = (outcome: unknown): object => ({ k: 'ended', completed: {}, outcomes: [returned, outcome] })
const live = (change: object): object => ({ k: 'live', logs: [{ ...log, ...change }], progress: [] })
const dispatch = (change: object): object => ({ k: 'dispatch', n: 1, jobs: [newJob, { ...newJob, ...change }] })

test.each([
  ['no object', 'bye', 'no object'],
  ['a list', [], 'no object'],
  ['no kind', {}, 'undefined'],
  ['a kind that every object has', { k: 'toString' }, 'toString'],
  ['a kind that is no text', { k: ['bye'] }, 'bye'],
])('a message that is %s is refused', (_, message, named) => {
  expect(() => checkMessage(message)).toThrow(named)
})

test.each([
  ['outcomes that are no list', { k: 'ended', completed: {}, outcomes: {} }, "'ended' whose 'outcomes'"],
  ['completions that are none', { k: 'ended', completed: null, outcomes: [] }, "'ended' whose 'completed'"],
  ['an outcome that is nothing', ended(null), "'outcomes'"],
  ['an outcome of no kind', ended({ ...returned, kind: 'hasOwnProperty' }), "'outcomes'"],
  ['a completion among the others', ended(completedOf(claimedJob({ id: 1 }))), "'outcomes'"],
  ['a death', ended({ ...failed, kind: 'crashed', counted: true, solo: true }), "'outcomes'"],
  ['a job that is none', ended({ ...returned, id: 0 }), "'outcomes'"],
  ['a claim that is a text', ended({ ...returned, claimSeq: '2' }), "'outcomes'"],
  ['a claim beyond what is stored', ended({ ...returned, claimSeq: 2_147_483_648 }), "'outcomes'"],
  ['a worker that is a number', ended({ ...returned, workerId: 5 }), "'outcomes'"],
  ['no pause before the next try', ended({ ...retrying, delayMs: undefined }), "'outcomes'"],
  ['a pause without end', ended({ ...snoozed, delayMs: 1e300 }), "'outcomes'"],
  ['a run time that is none', ended({ ...failed, runMs: null }), "'outcomes'"],
  ['no failure', ended({ ...failed, failure: undefined }), "'outcomes'"],
  ['a failure of no kind', ended({ ...failed, failure: { ...failure, kind: 'mood' } }), "'outcomes'"],
  ['a failure with NUL', ended({ ...failed, failure: { ...failure, message: 'a\u0000b' } }), "'outcomes'"],
  ['half a character', ended({ ...failed, failure: { ...failure, stack: '\ud800' } }), "'outcomes'"],
  ['a message without end', ended({ ...failed, failure: { ...failure, message: 'x'.repeat(4_097) } }), "'outcomes'"],
  ['causes that are none', ended({ ...failed, failure: { ...failure, causes: ['because'] } }), "'outcomes'"],
  ['a cancelled job of no tries', ended({ ...cancelled, tries: undefined }), "'outcomes'"],
  ['a stuck handler without outcome', { k: 'stuck' }, "'stuck' whose 'outcome'"],
  ['lines with NUL', live({ lines: '\u0000' }), "'live' whose 'logs'"],
  ['lines of no job', live({ jobId: 1.5 }), "'logs'"],
  ['a progress beyond all', { k: 'live', logs: [], progress: [{ ...progress, progress: 101 }] }, "'progress'"],
  ['a note with NUL', { k: 'live', logs: [], progress: [{ ...progress, note: '\u0000' }] }, "'progress'"],
  ['a job without a type', dispatch({ type: null }), "'dispatch' whose 'jobs'"],
  ['a payload that is no text', dispatch({ payload: {} }), "'jobs'"],
  [
    'figures that are none',
    { k: 'report', figures: { ...figures, meanRunMs: null }, running: [], runningCount: 0 },
    "'figures'",
  ],
  ['a signal that we do not know', { k: 'signal', signal: 'dance' }, "'signal'"],
  ['a level that we do not have', { k: 'log', level: 'constructor', message: '', fields: {} }, "'level'"],
  ['types that are names', { k: 'hello', version: '1', types: ['echo'] }, "'types'"],
])('%s are refused, and the message and its field named', (_, message, named) => {
  expect(() => checkMessage(JSON.parse(JSON.stringify(message)))).toThrow(named)
})
