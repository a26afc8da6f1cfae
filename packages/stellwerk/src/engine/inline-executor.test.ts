import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import { defineJob } from '../client/define-job.ts'
import type { JobContext } from '../client/job-context.ts'
import type { AnyJobDefinition, Handler } from '../client/job-definition.ts'
import { JobRegistry } from '../client/job-registry.ts'
import type { JobDefaults } from '../client/job-settings.ts'
import { deferred } from '../std/deferred.ts'
import { silentLog } from '../std/log.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import { InlineExecutor } from './inline-executor.ts'
import { RulesBook } from './rules-book.ts'

let outcomes: Outcome[]
let freed: number
const executors: InlineExecutor[] = []

beforeEach(() => {
  outcomes = []
  freed = 0
})

afterEach(() => {
  for (const executor of executors.splice(0)) executor.close()
  vi.useRealTimers()
})

function executorFor(definition: AnyJobDefinition, concurrency = 2): InlineExecutor {
  const rules = new RulesBook()
  const executor = new InlineExecutor({
    concurrency,
    timeoutGraceMs: 1_000,
    runningFile: undefined,
    host: {
      registry: new JobRegistry([definition]),
      installationId: '0b8f0e1c8a524f3e9d8e1a2b3c4d5e6f',
      log: silentLog,
      rulesOf: (...asked) => rules.rulesOf(...asked),
      dispatch: () => Promise.reject(new Error('this host dispatches nothing')),
      completions: { complete: () => Promise.reject(), claimEnd: () => Promise.reject() },
    },
    listener: {
      onOutcome: (outcome) => void outcomes.push(outcome),
      onCompleted: () => {},
      onFree: () => {
        freed++
      },
    },
  })
  executors.push(executor)
  return executor
}

function jobType(handle: Handler<undefined>, defaults: JobDefaults = {}): AnyJobDefinition {
  return defineJob({ name: 'noop', handle, ...defaults })
}

/** Runs one job to its end and returns its only outcome. */
async function run(
  handle: Handler<undefined>,
  defaults: JobDefaults = {},
  differs: Partial<ClaimedJob> = {},
): Promise<Outcome> {
  const executor = executorFor(jobType(handle, defaults))
  executor.start([{ job: claimedJob({ payload: 'null', ...differs }), receivedMs: 0 }])
  await executor.untilEmpty(new AbortController().signal)
  expect(outcomes).toHaveLength(1)
  expect([executor.free, executor.running, freed]).toEqual([2, 0, 1])
  return outcomes[0] as Outcome
}

test('what a handler returns is its result, at once, by promise or by any thenable', async () => {
  expect(await run(() => ({ a: 1 }))).toMatchObject({ kind: 'completed', id: 1, claimSeq: 1, result: '{"a":1}' })
  for (const handle of [async () => 'x', () => Promise.resolve('x')]) {
    outcomes = []
    freed = 0
    expect(await run(handle)).toMatchObject({ kind: 'completed', result: '"x"' })
  }
  outcomes = []
  freed = 0
  // biome-ignore lint/suspicious/noThenProperty: a thenable is the case under test
  expect(await run(() => ({ then: (resolve: (value: string) => void) => resolve('y') }))).toMatchObject({
    result: '"y"',
  })
})

test('a handler that returns nothing has no result', async () => {
  expect(await run(() => undefined)).toMatchObject({ kind: 'completed', result: null })
})

test.each<[string, unknown]>([
  ['a function', () => 1],
  ['a BigInt', 1n],
  ['a map', new Map()],
  ['too much', 'x'.repeat(300_000)],
])('a result that is %s is left out with a line in the log, and the job is completed', async (_name, result) => {
  const executor = executorFor(jobType(() => result))
  executor.start([{ job: claimedJob({ payload: 'null' }), receivedMs: 0 }])
  expect(outcomes).toMatchObject([{ kind: 'completed', result: null }])
  expect(executor.takeLive().logs).toMatchObject([
    { jobId: 1, lines: expect.stringContaining('the result was not kept') },
  ])
})

test('a result whose then throws fails the run and frees the slot', async () => {
  const hostile = {
    // biome-ignore lint/suspicious/noThenProperty: a hostile thenable is the case under test
    get then(): unknown {
      throw new Error('no then for you')
    },
  }
  expect(await run(() => hostile)).toMatchObject({ kind: 'retrying', failure: { message: 'no then for you' } })
})

function circular(): Error {
  const error = new Error('round') as Error & { self?: unknown }
  error.self = error
  error.cause = error
  return error
}

test.each<[string, unknown, string]>([
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a text', 'plain', 'plain'],
  ['a frozen object', Object.freeze({ code: 7 }), '7'],
  ['a circular error', circular(), 'round'],
  ['an error without a prototype', Object.setPrototypeOf(new Error('bare'), null), 'bare'],
])('a handler may throw %s: it is recorded', async (_name, thrown, shown) => {
  const throwIt = (): never => {
    throw thrown
  }
  expect(await run(throwIt)).toMatchObject({
    kind: 'retrying',
    threw: true,
    failure: { kind: 'error', message: expect.stringContaining(shown) },
  })
  outcomes = []
  freed = 0
  expect(await run(async () => throwIt())).toMatchObject({ kind: 'retrying', failure: { kind: 'error' } })
})

test('the last try fails for good', async () => {
  const thrower = (): never => {
    throw new Error('again')
  }
  expect(await run(thrower, { tries: 2 }, { failures: 1, attempt: 2 })).toMatchObject({ kind: 'failed', hook: false })
})

test.each<[string, (context: JobContext) => unknown, Partial<Outcome>]>([
  ['snooze', ({ snooze }) => snooze('5s'), { kind: 'snoozed', delayMs: 5_000 }],
  ['fail', ({ fail }) => fail('no use'), { kind: 'failed' }],
])('ctx.%s decides, also where the handler swallows what it throws', async (_name, decide, outcome) => {
  expect(await run((_payload, context) => decide(context))).toMatchObject(outcome)
  for (const swallow of [
    (context: JobContext) => {
      try {
        decide(context)
      } catch {
        return 'as if nothing had been'
      }
      return undefined
    },
    async (context: JobContext) => {
      try {
        decide(context)
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: a handler that does so is the case under test
        throw new Error('another error')
      }
    },
  ]) {
    outcomes = []
    freed = 0
    expect(await run((_payload, context) => swallow(context))).toMatchObject(outcome)
  }
})

test('a payload that does not fit is told as such, and so is a type without a handler', async () => {
  expect(await run(() => 1, {}, { payload: '{"a":1}' })).toMatchObject({ failure: { kind: 'payload' } })
  outcomes = []
  freed = 0
  expect(await run(() => 1, {}, { payload: '{"a":' })).toMatchObject({ failure: { kind: 'payload' } })
  outcomes = []
  freed = 0
  expect(await run(() => 1, {}, { type: 'other' })).toMatchObject({ failure: { kind: 'unknown_type' } })
})

test('a timeout aborts the signal; a handler that heeds it is recorded as timed out', async () => {
  const outcome = await run(
    (_payload, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    { timeout: 60 },
  )
  expect(outcome).toMatchObject({ kind: 'retrying', threw: false, failure: { kind: 'timeout' } })
})

test('one that ignores the signal is recorded when the grace is over, and keeps its slot until it settles', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const gate = deferred()
  const executor = executorFor(jobType(() => gate.promise, { timeout: 100 }))
  executor.start([{ job: claimedJob({ payload: 'null' }), receivedMs: 0 }])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(outcomes, 'its grace is not over').toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(outcomes).toMatchObject([{ kind: 'retrying', failure: { kind: 'timeout' } }])
  expect([executor.free, executor.running, executor.openIds()]).toEqual([1, 1, []])
  gate.resolve()
  await executor.untilEmpty(new AbortController().signal)
  expect([executor.free, outcomes.length, freed]).toEqual([2, 1, 1])
})

test('a shutdown gives back what runs and ignores what comes after; a lost lease tells nothing', async () => {
  const gates = [deferred(), deferred()]
  const signals: AbortSignal[] = []
  const executor = executorFor(
    jobType((_payload, { job, signal }) => {
      signals.push(signal)
      return gates[job.id - 1]?.promise
    }),
  )
  const arrived = (id: number) => ({ job: claimedJob({ id, payload: 'null' }), receivedMs: 0 })
  executor.start([arrived(1)])
  void executor.abandon('shutdown')
  expect(outcomes).toEqual([{ kind: 'returned', id: 1, claimSeq: 1 }])
  executor.start([arrived(2)])
  void executor.abandon('lease_lost')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  for (const gate of gates) gate.resolve()
  await executor.untilEmpty(new AbortController().signal)
  expect(outcomes).toHaveLength(1)
})

test('waiting for the end gives up when it is told to', async () => {
  const gate = deferred()
  const executor = executorFor(jobType(() => gate.promise))
  executor.start([{ job: claimedJob({ payload: 'null' }), receivedMs: 0 }])
  const hurry = new AbortController()
  const waited = executor.untilEmpty(hurry.signal)
  hurry.abort()
  await waited
  expect(executor.running).toBe(1)
  gate.resolve()
  await executor.untilEmpty(new AbortController().signal)
})

test('more jobs than slots are refused as a defect', () => {
  const executor = executorFor(
    jobType(() => undefined),
    1,
  )
  const arrived = { job: claimedJob({ payload: 'null' }), receivedMs: 0 }
  expect(() => executor.start([arrived, arrived])).toThrow('more jobs than it has slots')
})

test('beside a solo job nothing is free until it has ended: only a death alone tells who the killer is', async () => {
  const gate = deferred()
  const executor = executorFor(jobType(() => gate.promise))
  executor.start([{ job: claimedJob({ payload: 'null', solo: true }), receivedMs: 0 }])
  expect([executor.free, executor.running]).toEqual([0, 1])
  gate.resolve()
  await executor.untilEmpty(new AbortController().signal)
  expect([executor.free, executor.running]).toEqual([2, 0])
})
