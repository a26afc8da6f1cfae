import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GroupCommit } from '../../../src/client/group-commit.ts'
import { isStellwerkError, StellwerkError } from '../../../src/domain/errors.ts'
import { bornClaimed } from '../../../src/storage/born-claimed.ts'
import type { ClaimedInsert, DispatchStore, NewJob } from '../../../src/storage/dispatch-store.ts'
import { newJob } from '../../temporary-store.ts'
import { interleave } from './interleave.ts'

const BAD = 'bad'

/** Answers in the order of the scheduler; a group with a bad job is refused whole, and now and then the store is away. */
class FakeDispatch implements DispatchStore {
  readonly stored = new Map<number, NewJob>()
  readonly #scheduler: fc.Scheduler
  readonly #away: boolean[]
  inFlight = 0
  mostInFlight = 0

  constructor(scheduler: fc.Scheduler, away: readonly boolean[]) {
    this.#scheduler = scheduler
    this.#away = [...away]
  }

  async insertJobs({ jobs }: { readonly jobs: readonly NewJob[] }): Promise<readonly number[]> {
    this.inFlight++
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight)
    await this.#scheduler.schedule(Promise.resolve(), 'insert')
    this.inFlight--
    if (this.#away.shift() === true) throw new StellwerkError('STORE_UNREACHABLE', 'away')
    const bad = jobs.find(({ queue }) => queue === BAD)
    if (bad !== undefined) throw new StellwerkError('PAYLOAD_INVALID', bad.payload)
    return jobs.map((job) => {
      const id = this.stored.size + 1
      this.stored.set(id, job)
      return id
    })
  }

  /** Every second group is claimed, and now and then nobody knows. */
  async insertClaimed(group: { readonly jobs: readonly NewJob[] }): Promise<ClaimedInsert> {
    const ids = await this.insertJobs(group)
    const answer = ids.length % 3
    return { ids, claimed: answer === 0 ? null : answer === 1 ? bornClaimed(group.jobs, ids, 0) : [] }
  }

  async sweepReceipts(): Promise<number> {
    return 0
  }
}

interface Caller {
  readonly size: number
  readonly bad: boolean
}

/** The payload names the caller, the last job of a bad one is bad. */
function jobsOf({ size, bad }: Caller, caller: number): readonly NewJob[] {
  return Array.from({ length: size }, (_, index) =>
    newJob({ payload: String(caller), queue: bad && index === size - 1 ? BAD : 'good' }),
  )
}

/** A caller may meet the error of its own jobs, and those of the store: never another's. */
function assertOwnError(error: unknown, { bad }: Caller, caller: number): readonly number[] {
  if (!isStellwerkError(error)) throw error
  if (error.code === 'PAYLOAD_INVALID') expect([bad, error.message]).toEqual([true, String(caller)])
  else expect(['STORE_UNREACHABLE', 'CLOSED']).toContain(error.code)
  return []
}

test('X12: each caller of a group commit gets its own ids or its own error, and closing loses nothing', {
  timeout: 1_800_000,
}, async () => {
  await interleave('group commit', () =>
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.record({ size: fc.integer({ min: 1, max: 3 }), bad: fc.boolean() }), { minLength: 1, maxLength: 12 }),
      fc.record({
        away: fc.array(fc.boolean(), { maxLength: 4 }),
        maxJobs: fc.integer({ min: 1, max: 8 }),
        maxInFlight: fc.integer({ min: 1, max: 3 }),
      }),
      async (scheduler, callers, { away, ...options }) => {
        const store = new FakeDispatch(scheduler, away)
        const commits = new GroupCommit(store, options)
        const calls = callers.map(async (caller, index) => {
          await scheduler.schedule(Promise.resolve(), `caller ${index}`)
          const jobs = jobsOf(caller, index)
          const ids = await commits.insert(jobs).catch((error: unknown) => assertOwnError(error, caller, index))
          expect(ids.map((id) => store.stored.get(id))).toEqual(ids.length === 0 ? [] : jobs)
          return ids
        })
        const closed = scheduler.schedule(Promise.resolve(), 'close').then(() => commits.close())
        const ids = (await scheduler.waitFor(Promise.all([Promise.all(calls), closed])))[0].flat()
        expect(new Set(ids).size).toBe(ids.length)
        expect(store.stored.size, 'what is stored was acknowledged').toBe(ids.length)
        expect(store.mostInFlight).toBeLessThanOrEqual(options.maxInFlight)
        await expect(commits.insert([newJob()])).rejects.toMatchObject({ code: 'CLOSED' })
      },
    ),
  )
})
