import { expect, test } from 'vitest'
import { stretchSums, type TimelineSource, timelineEvents, timelineStretches } from './job-timeline.ts'

const start = Date.UTC(2026, 2, 1, 12)
const at = (seconds: number): string => new Date(start + seconds * 1_000).toISOString()
const failedAttempt = (attempt: number, from: number | null, to: number) => ({
  attempt,
  kind: 'error',
  errorClass: 'Oops',
  message: 'no',
  startedAt: from === null ? null : at(from),
  finishedAt: at(to),
})

function job(change: Partial<TimelineSource>): TimelineSource {
  return {
    state: 'pending',
    attempt: 0,
    createdAt: at(0),
    runAt: at(0),
    claimedAt: null,
    startedAt: null,
    finishedAt: null,
    attempts: [],
    ...change,
  }
}

const stretchesOf = (source: TimelineSource, nowSeconds: number) =>
  timelineStretches(source, start + nowSeconds * 1_000).map(
    ({ kind, attempt, fromMs, toMs }) => `${kind} ${attempt} ${(fromMs - start) / 1_000}..${(toMs - start) / 1_000}`,
  )
const eventsOf = (source: TimelineSource) =>
  timelineEvents(source).map(({ kind, atMs }) => `${kind} ${(atMs - start) / 1_000}`)

test('a job that completed at once waited, then ran', () => {
  const source = job({ state: 'completed', attempt: 1, claimedAt: at(2), startedAt: at(3), finishedAt: at(7) })
  expect(stretchesOf(source, 100)).toEqual(['waiting 1 0..3', 'running 1 3..7'])
  expect(eventsOf(source)).toEqual(['created 0', 'started 3', 'completed 7'])
})

test('a job that failed in the end shows every attempt and the pauses between', () => {
  const source = job({
    state: 'failed',
    attempt: 2,
    startedAt: at(6),
    finishedAt: at(8),
    attempts: [failedAttempt(1, 1, 2), failedAttempt(2, 6, 8)],
  })
  expect(stretchesOf(source, 100)).toEqual(['waiting 1 0..1', 'failed 1 1..2', 'pause 2 2..6', 'failed 2 6..8'])
  expect(eventsOf(source)).toEqual(['created 0', 'started 1', 'attempt_failed 2', 'started 6', 'attempt_failed 8'])
})

test('a job between attempts pauses until now, and is due ahead', () => {
  const source = job({ state: 'retrying', attempt: 1, runAt: at(30), attempts: [failedAttempt(1, 1, 2)] })
  expect(stretchesOf(source, 10)).toEqual(['waiting 1 0..1', 'failed 1 1..2', 'pause 2 2..10'])
  expect(eventsOf(source).at(-1)).toBe('due 30')
})

test('a running job runs until now', () => {
  const source = job({ state: 'processing', attempt: 1, claimedAt: at(1), startedAt: at(2) })
  expect(stretchesOf(source, 5)).toEqual(['waiting 1 0..2', 'running 1 2..5'])
  expect(eventsOf(source)).toEqual(['created 0', 'started 2'])
  const taken = job({ state: 'processing', attempt: 1, claimedAt: at(1) })
  expect(stretchesOf(taken, 5)).toEqual(['waiting 1 0..1', 'running 1 1..5'])
  expect(eventsOf(taken)).toEqual(['created 0', 'claimed 1'])
})

test('a delayed job tells its delay from its waiting', () => {
  const source = job({ runAt: at(10) })
  expect(stretchesOf(source, 15)).toEqual(['delayed 1 0..10', 'waiting 1 10..15'])
  expect(stretchesOf(job({ state: 'scheduled', runAt: at(10) }), 4)).toEqual(['delayed 1 0..4'])
})

test('a job that was retried by hand after its end goes on after the last failure', () => {
  const source = job({
    state: 'completed',
    attempt: 2,
    startedAt: at(20),
    finishedAt: at(21),
    attempts: [failedAttempt(1, 1, 2)],
  })
  expect(stretchesOf(source, 100).slice(-2)).toEqual(['pause 2 2..20', 'running 2 20..21'])
})

test('an attempt whose start is not known counts as time waited', () => {
  const source = job({ state: 'failed', attempt: 1, finishedAt: at(4), attempts: [failedAttempt(1, null, 4)] })
  expect(stretchesOf(source, 9)).toEqual(['waiting 1 0..4'])
})

test('sums tell how long it did each', () => {
  const source = job({
    state: 'failed',
    attempt: 2,
    finishedAt: at(8),
    attempts: [failedAttempt(1, 1, 2), failedAttempt(2, 6, 8)],
  })
  expect(stretchSums(timelineStretches(source, start + 9_000))).toEqual([
    ['waiting', 1_000],
    ['failed', 3_000],
    ['pause', 4_000],
  ])
})
