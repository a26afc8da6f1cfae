import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StellwerkError } from '../../../src/domain/errors.ts'
import type { MinuteMetric } from '../../../src/domain/metrics/minute-metric.ts'
import { noDeadLetters } from '../../../src/domain/queue/dead-letters.ts'
import { Completer } from '../../../src/engine/completer.ts'
import { FailureLog } from '../../../src/engine/failure-log.ts'
import { silentLog } from '../../../src/std/log.ts'
import type { CompletedOutcome, Outcome, Settlement, SettleResult } from '../../../src/storage/outcome-store.ts'
import { interleave } from './interleave.ts'

type Mood = 'works' | 'fails' | 'answer lost' | 'busy'

/** Settles each claim once; what comes a second time is refused, as a fence does. */
class FakeOutcomes {
  readonly settled = new Set<number>()
  readonly minutes = new Map<string, MinuteMetric>()
  readonly #scheduler: fc.Scheduler
  readonly #moods: Mood[]

  constructor(scheduler: fc.Scheduler, moods: readonly Mood[]) {
    this.#scheduler = scheduler
    this.#moods = [...moods]
  }

  async settle({ outcomes, metrics }: Settlement): Promise<SettleResult> {
    const mood = this.#moods.shift() ?? 'works'
    await this.#scheduler.schedule(Promise.resolve(), 'settle')
    if (mood === 'fails') throw new StellwerkError('STORE_UNREACHABLE', 'away')
    if (mood === 'busy') throw new StellwerkError('STORE_BUSY', 'busy')
    const refused = outcomes.filter(({ id }) => this.settled.has(id))
    const won = outcomes.filter(({ id }) => !this.settled.has(id)) as readonly CompletedOutcome[]
    for (const { id } of won) this.settled.add(id)
    const runs = won.map((run) => ({ ...run, queue: 'q', type: 't', outcome: 'completed' as const }))
    for (const row of metrics(runs, 0)) this.minutes.set(`${row.queue} ${row.type} ${row.outcome}`, row)
    await this.#scheduler.schedule(Promise.resolve(), 'answer')
    if (mood === 'answer lost') throw new StellwerkError('STORE_UNREACHABLE', 'the answer was lost')
    return { at: 0, refused }
  }

  async recordLive(): Promise<void> {
    await this.#scheduler.schedule(Promise.resolve(), 'record')
  }

  /** The read that follows an unclear commit may fail too. */
  async readMinutes(): Promise<readonly MinuteMetric[]> {
    const mood = this.#moods.shift() ?? 'works'
    await this.#scheduler.schedule(Promise.resolve(), 'minutes')
    if (mood !== 'works') throw new StellwerkError('STORE_UNREACHABLE', 'away')
    return [...this.minutes.values()]
  }
}

function outcomeOf(id: number): CompletedOutcome {
  const figures = { startedAt: 0, waitMs: 1, runMs: 2, cpuMs: 1, memoryBytes: 1, memoryPeakBytes: 1 }
  return { kind: 'completed', queue: 'q', type: 't', id, claimSeq: 1, tries: 3, result: null, ...figures }
}

test('X12: every outcome is stored once and told once, whatever the store does', { timeout: 1_800_000 }, async () => {
  const moods = fc.array(fc.constantFrom<Mood>('works', 'works', 'fails', 'answer lost', 'busy'), { maxLength: 4 })
  await interleave('completer', () =>
    fc.asyncProperty(fc.scheduler(), moods, fc.integer({ min: 1, max: 20 }), async (scheduler, moodsOfRun, count) => {
      const store = new FakeOutcomes(scheduler, moodsOfRun)
      const told: Outcome[] = []
      const completer = new Completer({
        store: {
          outcomes: store,
          metrics: {
            now: async () => 0,
            minutes: () => store.readMinutes(),
            tallies: async () => [],
            recount: async () => [],
            foldTallies: async () => 0,
            queueHeads: async () => [],
          },
        },
        stationId: () => 'a',
        failures: new FailureLog(silentLog),
        deadLetters: () => noDeadLetters,
        takeLive: () => ({ logs: [], progress: [{ jobId: 1, claimSeq: 1, progress: 5, note: null }] }),
        onSettled: (outcomes) => told.push(...outcomes),
        onContactLost: () => undefined,
      })
      const pushes = Array.from({ length: count }, async (_, index) => {
        // Some come when a flush is under way: that needs turns of the loop, not only orders of the scheduler.
        for (let turn = 0; turn < index % 4; turn++) await setImmediate()
        await scheduler.schedule(Promise.resolve(), `push ${index}`)
        const outcome = outcomeOf(index + 1)
        completer.push(outcome)
        if (index % 2 === 0) completer.flushSoon()
        expect(told.includes(outcome) || completer.ids().includes(outcome.id)).toBe(true)
      })
      await scheduler.waitFor(Promise.all(pushes).then(() => completer.flush(new AbortController().signal)))
      expect(completer.isEmpty).toBe(true)
      expect(store.settled.size).toBe(count)
      expect(told.map(({ id }) => id).toSorted((one, other) => one - other)).toEqual(
        Array.from({ length: count }, (_, index) => index + 1),
      )
      const counted = [...store.minutes.values()].reduce((sum, row) => sum + row.count, 0)
      expect(counted, 'the minute figures count every run that won').toBe(count)
    }),
  )
})
