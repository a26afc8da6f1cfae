import type { CompletedOutcome } from '../outcome-store.ts'

/** Numbers of each outcome within the packed array, in this order. */
const columns = [
  ['id', 'bigint'],
  ['claim_seq', 'int'],
  ['started_at', 'bigint'],
  ['wait_ms', 'bigint'],
  ['run_ms', 'bigint'],
  ['cpu_ms', 'bigint'],
  ['memory_bytes', 'bigint'],
  ['memory_peak_bytes', 'bigint'],
  ['tries', 'int'],
  ['worker', 'int'],
] as const

/** Stands for null: an array with nulls has no constant offsets, and what is packed is never negative. */
const nothing = -1

/** Infinite tries are stored as the largest int4. */
const maxInt = 2_147_483_647

/**
 * Select list that unpacks the array `numbers` by the 1-based `ord` of an outcome. Looking an element of a fixed-size type up is a few instructions, while each
 * array that is unnested becomes a tuple store of its own.
 */
export const settledColumns = columns
  .map(
    ([name, type], index) =>
      `nullif(numbers[(ord - 1) * ${columns.length} + ${index + 1}], ${nothing})::${type} AS ${name}`,
  )
  .join(', ')

/** Place of each worker, from 1, in the array of their ids. */
export type WorkerPlaces = ReadonlyMap<string | null, number>

/** The packed array literal of {@link settledColumns}. */
export function packedNumbers(outcomes: readonly CompletedOutcome[], places: WorkerPlaces): string {
  return `{${outcomes.map((outcome) => pack(outcome, places)).join(',')}}`
}

function pack(outcome: CompletedOutcome, places: WorkerPlaces): string {
  const { id, claimSeq, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes, tries } = outcome
  const run = `${whole(startedAt)},${whole(waitMs)},${whole(runMs)},${whole(cpuMs)},${whole(memoryBytes)},${whole(memoryPeakBytes)}`
  return `${id},${claimSeq},${run},${Math.min(tries, maxInt)},${places.get(outcome.workerId ?? null) ?? nothing}`
}

function whole(value: number | null): number {
  return value === null ? nothing : Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER)
}
