import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { claimedJob } from '../../test/claimed-job.ts'
import { defineJob } from '../client/define-job.ts'
import type { Handler } from '../client/job-definition.ts'
import { JobRegistry } from '../client/job-registry.ts'
import type { JobDefaults } from '../client/job-settings.ts'
import { deferred } from '../std/deferred.ts'
import { silentLog } from '../std/log.ts'
import type { Outcome } from '../storage/outcome-store.ts'
import type { HandlerHost } from './handler-host.ts'
import { InlineExecutor } from './inline-executor.ts'
import { RulesBook } from './rules-book.ts'

let outcomes: Outcome[]
let completed: Outcome[]
let completions: HandlerHost['completions']
const executors: InlineExecutor[] = []

beforeEach(() => {
  outcomes = []
  completed = []
  completions = { complete: async () => {}, claimEnd: async () => 'completed' }
})

afterEach(() => {
  for (const executor of executors.splice(0)) executor.close()
  vi.useRealTimers()
})

/** Starts one job with this handler. */
function start(handle: Handler<undefined>, defaults: JobDefaults = {}): InlineExecutor {
  const rules = new RulesBook()
  const executor = new InlineExecutor({
    concurrency: 2,
    timeoutGraceMs: 1_000,
    runningFile: undefined,
    host: {
      registry: new JobRegistry([defineJob({ name: 'noop', handle, ...defaults })]),
      installationId: '0b8f0e1c8a524f3e9d8e1a2b3c4d5e6f',
      log: silentLog,
      rulesOf: (...asked) => rules.rulesOf(...asked),
      dispatch: () => Promise.reject(new Error('this host dispatches nothing')),
      completions,
    },
    listener: {
      onOutcome: (outcome) => void outcomes.push(outcome),
      onCompleted: (outcome) => void completed.push(outcome),
      onFree: () => {},
    },
  })
  executors.push(executor)
  executor.start([{ job: claimedJob({ payload: 'null' }), receivedMs: 0 }])
  return executor
}

async function run(handle: Handler<undefined>): Promise<InlineExecutor> {
  const executor = start(handle)
  await executor.untilEmpty(new AbortController().signal)
  return executor
}

const someTransaction = { query: async () => [] }

test('a completion in a transaction of the handler is the end of the job: nothing is left to settle', async () => {
  const complete = vi.spyOn(completions, 'complete')
  const executor = await run(async (_payload, ctx) => {
    ctx.progress(50)
    await ctx.completeIn(someTransaction, { kept: true })
    ctx.log.info('after the commit')
    return { ignored: true }
  })
  expect(outcomes).toEqual([])
  expect(completed).toMatchObject([{ kind: 'completed', id: 1, claimSeq: 1, result: '{"kept":true}' }])
  expect(complete).toHaveBeenCalledExactlyOnceWith(someTransaction, {
    outcome: completed[0],
    progress: { jobId: 1, claimSeq: 1, progress: 50, note: null },
  })
  expect([executor.free, executor.running]).toEqual([2, 0])
  expect(executor.takeLive().logs).toMatchObject([{ lines: expect.stringContaining('after the commit') }])
})

test('what a handler throws after its completion was committed changes nothing', async () => {
  await run(async (_payload, ctx) => {
    await ctx.completeIn(someTransaction)
    throw new Error('too late')
  })
  expect([outcomes, completed.length]).toEqual([[], 1])
})

test.each([
  { end: 'held', thrown: undefined, message: 'a transaction that was not committed' },
  { end: 'held', thrown: new Error('rolled back'), message: 'rolled back' },
  { end: 'lost', thrown: undefined, message: 'a transaction that was not committed' },
] as const)('a run whose transaction was not committed fails: $end, $message', async ({ end, thrown, message }) => {
  completions = { complete: async () => {}, claimEnd: async () => end }
  await run(async (_payload, ctx) => {
    await ctx.completeIn(someTransaction)
    if (thrown !== undefined) throw thrown
  })
  const failure = { message: expect.stringContaining(message) }
  expect(outcomes).toMatchObject([{ kind: 'retrying', threw: true, failure }])
  expect(completed).toEqual([])
})

test('progress goes on once it is known that the transaction was rolled back', async () => {
  completions = { complete: async () => {}, claimEnd: async () => 'held' }
  const gate = deferred()
  const executor = start(async (_payload, ctx) => {
    ctx.progress(10)
    await ctx.completeIn(someTransaction)
    ctx.progress(20)
    await gate.promise
  })
  expect(executor.takeLive().progress).toEqual([])
  gate.resolve()
  await executor.untilEmpty(new AbortController().signal)
  expect(executor.takeLive().progress).toMatchObject([{ progress: 20 }])
})

test('while the transaction is open, and while the store is away, the outcome waits', async () => {
  const answers = ['undecided', new Error('away'), 'undecided', 'completed'] as const
  let asked = 0
  completions = {
    complete: async () => {},
    claimEnd: async () => {
      const answer = answers[asked++]
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often')
      return answer
    },
  }
  await run((_payload, ctx) => ctx.completeIn(someTransaction))
  expect([asked, outcomes, completed.length]).toEqual([4, [], 1])
})

test('past its timeout and its grace a run with an open completion is judged by what became of that', async () => {
  const gate = deferred()
  let end: 'undecided' | 'held' = 'undecided'
  completions = { complete: async () => {}, claimEnd: async () => end }
  let late: Promise<void> | undefined
  vi.useFakeTimers()
  const executor = start(
    async (_payload, ctx) => {
      await ctx.completeIn(someTransaction)
      await gate.promise
      late = ctx.completeIn(someTransaction)
      await late
    },
    { timeout: 5 },
  )
  await vi.advanceTimersByTimeAsync(3_000)
  expect(outcomes).toEqual([])
  end = 'held'
  await vi.advanceTimersByTimeAsync(1_000)
  expect(outcomes).toMatchObject([{ kind: 'retrying', failure: { kind: 'timeout' } }])
  gate.resolve()
  await vi.advanceTimersByTimeAsync(1)
  await expect(late).rejects.toMatchObject({ code: 'CLAIM_LOST' })
  expect([outcomes.length, executor.running]).toEqual([1, 0])
})
