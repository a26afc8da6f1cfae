import { expect } from 'vitest'
import type { WonRun } from '../../domain/metrics/won-run.ts'
import { assertInvariants } from './invariants.ts'
import { minuteRow } from './minute-rows.ts'
import { registerCases, type StoreCases } from './register-cases.ts'
import { completedOf, everyKindOf, failedOf, retryingOf, returnedOf } from './sample-records.ts'
import type { StoreHarness } from './store-harness.ts'
import { at, claimJob, claimJobs, dispatchJob, dispatchMany, findJob, settle, startStation } from './store-steps.ts'

const stationId = 'station-a'

const cases: StoreCases = {
  'metrics hear of the won runs alone, with the time of the flush': async (opened) => {
    const { store } = opened
    await startStation(store)
    await dispatchMany(store, 6, { queue: 'q', type: 't' })
    const claimed = await claimJobs(store, stationId)
    await settle(store, returnedOf(at(claimed, 5)))
    let heard: readonly WonRun[] = []
    let heardAt = 0
    const result = await store.outcomes.settle({
      stationId,
      outcomes: claimed.map((job, index) => at(everyKindOf(job), index % 5)),
      logs: [],
      metrics: (won, now) => {
        heard = won
        heardAt = now
        return [minuteRow({ count: won.length })]
      },
    })
    expect(result.refused).toHaveLength(1)
    expect(heardAt).toBe(result.at)
    const figures = { waitMs: 12, runMs: 34, cpuMs: 8, memoryBytes: 1_000, memoryPeakBytes: 2_000 }
    const common = { queue: 'q', type: 't', startedAt: at(claimed, 0).claimedAt + 5, ...figures }
    expect(heard).toHaveLength(3)
    for (const outcome of ['completed', 'retrying', 'failed'] as const) {
      expect(heard).toContainEqual(expect.objectContaining({ ...common, outcome }))
    }
    await assertInvariants(opened, { endedRuns: 3 })
  },

  'metrics that throw leave nothing changed': async (opened) => {
    const { store } = opened
    await startStation(store)
    const jobs = await dispatchMany(store, 3)
    const claimed = await claimJobs(store, stationId)
    const logs = [{ jobId: at(jobs, 0), claimSeq: 1, attempt: 1, chunk: 0, lines: 'x', dropBelowChunk: 0 }]
    const outcomes = [completedOf(at(claimed, 0)), failedOf(at(claimed, 1)), retryingOf(at(claimed, 2))]
    const flush = (metrics: () => never[]) => store.outcomes.settle({ stationId, outcomes, logs, metrics })
    const boom = () => {
      throw new Error('no figures today')
    }
    await expect(flush(boom)).rejects.toThrow('no figures today')
    for (const id of jobs) {
      expect(await findJob(store, id)).toMatchObject({ state: 'processing', failures: 0, claimSeq: 1 })
      expect(await store.jobs.attempts(id)).toEqual([])
      expect(await store.jobs.logs(id)).toEqual([])
    }
    expect(await store.metrics.tallies()).toEqual([{ queue: 'mail', type: 'send', state: 'processing', count: 3 }])
    expect((await flush(() => [])).refused).toEqual([])
    await assertInvariants(opened, { endedRuns: 0 })
  },

  'a minute row is replaced, not added to; those of other keys stay': async (opened) => {
    const { store } = opened
    await startStation(store)
    const rows = [
      minuteRow({ count: 2, waitSumMs: 20 }),
      minuteRow({ outcome: 'failed' }),
      minuteRow({ minute: 1_800_000_060_000 }),
      minuteRow({ stationId: 'station-b', count: 7 }),
    ]
    const whole = minuteRow({ count: 5, waitSumMs: 90, runMaxMs: 40, waitSketch: Uint8Array.from([9]) })
    for (const written of [rows, [whole]]) {
      await dispatchJob(store)
      const outcomes = [completedOf(await claimJob(store))]
      await store.outcomes.settle({ stationId, outcomes, logs: [], metrics: () => written })
    }
    const found = await store.metrics.minutes({ from: 0, to: 1_900_000_000_000 })
    expect(found).toHaveLength(4)
    for (const row of [whole, ...rows.slice(1)]) expect(found.map(plain)).toContainEqual(plain(row))
  },
}

/** The row with its sketches as number lists: a Buffer and a Uint8Array of the same bytes are equal. */
function plain<T extends { readonly waitSketch: Uint8Array; readonly runSketch: Uint8Array }>(row: T) {
  return { ...row, waitSketch: [...row.waitSketch], runSketch: [...row.runSketch] }
}

/** What {@link OutcomeStore.settle} promises about minute metrics. */
export function settleMetricsSuite(harness: StoreHarness): void {
  registerCases('metrics of a flush', harness, cases)
}
