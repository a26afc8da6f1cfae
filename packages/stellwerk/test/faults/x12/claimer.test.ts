import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StellwerkError } from '../../../src/domain/errors.ts'
import { Claimer } from '../../../src/engine/claimer.ts'
import { FailureLog } from '../../../src/engine/failure-log.ts'
import { silentLog } from '../../../src/std/log.ts'
import type { ClaimedJob, ClaimRequest } from '../../../src/storage/claim-store.ts'
import type { Store } from '../../../src/storage/store.ts'
import { claimedJob } from '../../claimed-job.ts'
import { interleave } from './interleave.ts'

const lane = { queue: 'q', type: 't', inBatch: false, priority: 0 }

/** Nobody else is there whom it would have to leave anything. */
const metrics = {} as Store['metrics']

/** A queue of one lane; what is read is of the moment at which the scheduler lets it be read. */
class FakeClaims {
  pending: number[] = []
  readonly marked = new Set<number>()
  readonly #scheduler: fc.Scheduler
  readonly #faults: ('before' | 'after' | null)[]
  listener: () => void = () => undefined
  stopped = false

  constructor(scheduler: fc.Scheduler, faults: readonly ('before' | 'after' | null)[]) {
    this.#scheduler = scheduler
    this.#faults = [...faults]
  }

  readonly wake = {
    /** Nobody looks by itself within the time of the test: a lost wake-up stays lost. */
    pollMs: 3_600_000,
    apartMs: 0,
    hurry: () => undefined,
    subscribe: (listener: () => void) => {
      this.listener = listener
      return () => {
        this.listener = () => undefined
      }
    },
  }

  async laneHeads() {
    await this.#scheduler.schedule(Promise.resolve(), 'heads')
    const heads = this.pending.length > 0 ? [{ ...lane, position: 0 }] : []
    await this.#scheduler.schedule(Promise.resolve(), 'heads answer')
    return heads
  }

  async claim({ limit }: ClaimRequest): Promise<readonly ClaimedJob[]> {
    expect(this.stopped, 'nothing is claimed after the stop').toBe(false)
    const fault = this.#faults.shift() ?? null
    await this.#scheduler.schedule(Promise.resolve(), 'claim')
    if (fault === 'before') throw new StellwerkError('STORE_UNREACHABLE', 'away')
    const ids = this.pending.splice(0, limit)
    for (const id of ids) this.marked.add(id)
    await this.#scheduler.schedule(Promise.resolve(), 'claim answer')
    if (fault === 'after') throw new StellwerkError('STORE_UNREACHABLE', 'the answer was lost')
    return ids.map((id) => claimedJob({ id }))
  }

  async releaseOthers(_stationId: string, kept: readonly number[]): Promise<number> {
    await this.#scheduler.schedule(Promise.resolve(), 'release')
    const lost = [...this.marked].filter((id) => !kept.includes(id))
    for (const id of lost) this.marked.delete(id)
    this.pending.push(...lost)
    return lost.length
  }

  async promoteDue() {
    return { promoted: 0, nextDueInMs: null }
  }
}

const fault = fc.constantFrom(null, null, null, 'before' as const, 'after' as const)

test('X12: no wake-up of a claimer is lost, no job claimed twice or forgotten, and stop ends it', {
  timeout: 1_800_000,
}, async () => {
  await interleave('claimer', () =>
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 }),
      fc.record({ faults: fc.array(fault, { maxLength: 3 }), slots: fc.integer({ min: 1, max: 4 }) }),
      async (scheduler, dispatches, { faults, slots }) => {
        const claims = new FakeClaims(scheduler, faults)
        const held = new Set<number>()
        const got: number[] = []
        let ids = 0
        const total = dispatches.reduce((sum, count) => sum + count, 0)
        const all = Promise.withResolvers<void>()
        const end = async (id: number): Promise<void> => {
          await scheduler.schedule(Promise.resolve(), `end ${id}`)
          held.delete(id)
          claims.marked.delete(id)
          claimer.signalRoom()
        }
        const claimer = new Claimer({
          store: { claims, wake: claims.wake, metrics },
          stationId: () => 'a',
          log: silentLog,
          failures: new FailureLog(silentLog),
          mayAsk: () => true,
          untilHeldIsKnown: () => Promise.resolve(),
          takers: [
            {
              wanted: () => slots - held.size,
              firstOf: (heads) => heads[0]?.position ?? null,
              counts: () => true,
              plan: (heads, free) => ({ shares: heads.map(() => ({ ...lane, limit: free })), limit: free }),
              onClaimed: ({ jobs }) => {
                for (const { id } of jobs) {
                  got.push(id)
                  held.add(id)
                  void end(id)
                }
                if (got.length === total) all.resolve()
              },
            },
          ],
          heldIds: () => [...held],
          onContactLost: () => undefined,
        })
        claimer.start()
        for (const count of dispatches)
          void scheduler.schedule(Promise.resolve(), 'dispatch').then(() => {
            for (let each = 0; each < count; each++) claims.pending.push(++ids)
            claims.listener()
          })
        await scheduler.waitFor(all.promise)
        await scheduler.waitFor(claimer.stop())
        claims.stopped = true
        await scheduler.waitIdle()
        expect(new Set(got).size, 'no job comes twice').toBe(got.length)
        expect(claims.pending).toEqual([])
      },
    ),
  )
})
