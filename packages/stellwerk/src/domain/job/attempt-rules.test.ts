import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideFailure, type FailedAttempt, productRules, resolveRules } from './attempt-rules.ts'
import type { JobOverrides } from './job-options.ts'

const NOW = 1_000_000

function failedAttempt(rules: JobOverrides, change: Partial<FailedAttempt> = {}): FailedAttempt {
  return {
    rules: resolveRules(rules),
    attempt: 1,
    failures: 0,
    exceptions: 0,
    kind: 'error',
    threw: true,
    noRetry: false,
    now: NOW,
    random: 0.5,
    ...change,
  }
}

describe('resolveRules', () => {
  test('says what the product says where nobody says anything', () => {
    expect(resolveRules()).toEqual(productRules)
    expect(resolveRules({}, {}, {})).toEqual({
      tries: 3,
      backoff: { baseMs: 5000, maxMs: 3_600_000 },
      timeoutMs: 60_000,
      retryUntil: null,
      maxExceptions: null,
      memoryBytes: null,
      failOnTimeout: false,
    })
  })

  test('takes each rule from the first layer that names it', () => {
    const rules = resolveRules(
      { timeoutMs: 0 },
      { timeoutMs: 5, backoff: [1] },
      { backoff: 7, failOnTimeout: true, maxExceptions: 2 },
    )
    expect(rules).toMatchObject({ timeoutMs: 0, backoff: [1], failOnTimeout: true, maxExceptions: 2, tries: 3 })
    expect(resolveRules({}, { tries: 5 }, { tries: 9, memoryBytes: 7 })).toMatchObject({ tries: 5, memoryBytes: 7 })
    expect(resolveRules({}, { retryUntil: 9 }, { tries: 5 })).toMatchObject({ retryUntil: 9 })
  })

  test('lets false and 0 of a higher layer win', () => {
    expect(resolveRules({ failOnTimeout: false, backoff: 0 }, { failOnTimeout: true, backoff: 9 })).toMatchObject({
      failOnTimeout: false,
      backoff: 0,
    })
  })

  test('replaces tries by retryUntil within a layer, and a higher layer’s tries replace a lower one’s retryUntil', () => {
    expect(resolveRules({ tries: 5, retryUntil: 9 })).toMatchObject({ tries: Number.POSITIVE_INFINITY, retryUntil: 9 })
    expect(resolveRules({ retryUntil: 9 }, { tries: 5 })).toMatchObject({
      tries: Number.POSITIVE_INFINITY,
      retryUntil: 9,
    })
    expect(resolveRules({ tries: 5 }, { retryUntil: 9 })).toMatchObject({ tries: 5, retryUntil: null })
  })
})

describe('decideFailure', () => {
  test('runs a job exactly `tries` times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (tries) => {
        let runs = 1
        while (decideFailure(failedAttempt({ tries }, { failures: runs - 1, attempt: runs })).kind === 'retrying')
          runs++
        expect(runs).toBe(tries)
      }),
    )
  })

  test('waits as the list says: attempt n takes entry n', () => {
    const delays = [1, 2, 3, 4].map((attempt) =>
      decideFailure(failedAttempt({ tries: 9, backoff: [30, 60, 120] }, { attempt })),
    )
    expect(delays).toEqual([30, 60, 120, 120].map((delayMs) => ({ kind: 'retrying', delayMs })))
  })

  test('ignores the number of failures while retryUntil lasts, and begins no attempt after it', () => {
    const rules = { retryUntil: NOW + 100, backoff: 100 }
    expect(decideFailure(failedAttempt(rules, { failures: 5000 }))).toEqual({ kind: 'retrying', delayMs: 100 })
    expect(decideFailure(failedAttempt({ ...rules, backoff: 101 }))).toEqual({ kind: 'failed' })
    expect(decideFailure(failedAttempt(rules, { now: NOW + 101 }))).toEqual({ kind: 'failed' })
    const stored = { ...resolveRules(rules), tries: 1 }
    expect(decideFailure(failedAttempt({}, { rules: stored }))).toEqual({ kind: 'retrying', delayMs: 100 })
  })

  test('counts thrown errors only against maxExceptions', () => {
    const rules = { tries: 100, maxExceptions: 2, backoff: 1 }
    expect(decideFailure(failedAttempt(rules)).kind).toBe('retrying')
    expect(decideFailure(failedAttempt(rules, { exceptions: 1, failures: 1 })).kind).toBe('failed')
    const timedOut = failedAttempt(rules, { exceptions: 1, failures: 50, threw: false, kind: 'timeout' })
    expect(decideFailure(timedOut).kind).toBe('retrying')
    expect(decideFailure(failedAttempt({ ...rules, retryUntil: NOW + 99 }, { exceptions: 1 })).kind).toBe('failed')
  })

  test('retries a timeout unless failOnTimeout is set, which concerns nothing else', () => {
    const timeout = { kind: 'timeout', threw: false } as const
    expect(decideFailure(failedAttempt({}, timeout)).kind).toBe('retrying')
    expect(decideFailure(failedAttempt({ failOnTimeout: true }, timeout)).kind).toBe('failed')
    expect(decideFailure(failedAttempt({ failOnTimeout: true })).kind).toBe('retrying')
  })

  test('never retries after ctx.fail or a missed deadline', () => {
    expect(decideFailure(failedAttempt({ tries: 100 }, { noRetry: true })).kind).toBe('failed')
    expect(decideFailure(failedAttempt({ tries: 100 }, { kind: 'deadline', threw: false })).kind).toBe('failed')
  })
})
