import type { CompletedOutcome } from '../outcome-store.ts'

/** Numbers of each outcome within the packed array, in this order. */
const columns = [
  ['claim_seq', 'int'],
  ['started_at', 'bigint'],
  ['wait_ms', 'bigint'],
  ['run_ms', 'bigint'],
  ['cpu_ms', 'bigint'],
  ['memory_bytes', 'bigint'],
  ['memory_peak_bytes', 'bigint'],
  ['tries', 'int'],
  ['worker', 'int'],
  ['result_end', 'int'],
] as const

type PackedColumn = (typeof columns)[number][0]

/** Stands for null: an array with nulls has no constant offsets, and what is packed is never negative. */
const nothing = -1

/** Infinite tries are stored as the largest int4. */
const maxInt = 2_147_483_647

/** SQL of the array, and of the outcome's place in it. */
interface PackedPlace {
  readonly numbers: string
  readonly ord: string
}

/**
 * SQL that looks a number of the outcome with the 1-based `ord` up in the array `numbers`. Looking an element of a fixed-size type up is a few instructions, while each
 * array that is unnested becomes a tuple store of its own. Before the first outcome there is nothing, which is null.
 */
export function packedNumber(column: PackedColumn, { numbers, ord }: PackedPlace): string {
  const index = columns.findIndex(([name]) => name === column)
  return `nullif((${numbers})[(${ord} - 1) * ${columns.length} + ${index + 1}], ${nothing})::${columns[index]?.[1]}`
}

/** Place of each worker, from 1, in the array of their ids. */
export type WorkerPlaces = ReadonlyMap<string | null, number>

/** What a settlement of completed outcomes sends. */
export interface PackedOutcomes {
  /** Array literal of {@link packedNumber}. */
  readonly numbers: string
  /** Byte string literal of the results, one behind the other: where each ends is among the numbers, and one without bytes is none. */
  readonly results: string
}

/** Packs outcomes in their order. */
export function packOutcomes(outcomes: readonly CompletedOutcome[], places: WorkerPlaces): PackedOutcomes {
  const results = outcomes.map(({ result }) => result ?? '')
  let end = 0
  const numbers = outcomes.map((outcome, index) => {
    end += Buffer.byteLength(results[index] ?? '')
    return pack(outcome, places.get(outcome.workerId ?? null) ?? nothing, end)
  })
  return { numbers: `{${numbers.join(',')}}`, results: `\\x${Buffer.from(results.join('')).toString('hex')}` }
}

function pack(outcome: CompletedOutcome, worker: number, resultEnd: number): string {
  const { claimSeq, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes, tries } = outcome
  const run = `${whole(startedAt)},${whole(waitMs)},${whole(runMs)},${whole(cpuMs)},${whole(memoryBytes)},${whole(memoryPeakBytes)}`
  return `${claimSeq},${run},${Math.min(tries, maxInt)},${worker},${resultEnd}`
}

function whole(value: number | null): number {
  return value === null ? nothing : Math.min(Math.max(0, Math.round(value)), Number.MAX_SAFE_INTEGER)
}
