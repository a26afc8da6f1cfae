import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CompletedOutcome } from '../storage/outcome-store.ts'

/** The fields of a claimed job in the order of a {@link PackedJob}: names would be half of what goes over the channel. */
const fields = [
  'id',
  'type',
  'typeVersion',
  'queue',
  'priority',
  'inBatch',
  'payload',
  'options',
  'attempt',
  'tries',
  'failures',
  'exceptions',
  'crashes',
  'claimSeq',
  'solo',
  'createdAt',
  'runAt',
  'claimedAt',
  'position',
  'parentId',
  'runId',
  'batchId',
] as const satisfies readonly (keyof ClaimedJob)[]

/** The values of a claimed job, then how much later than the first of its message it arrived at the station, ms. */
export type PackedJob = readonly unknown[]

/** A completion: id, claimSeq, tries, result, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes. */
export type PackedCompletion = readonly [
  id: number,
  claimSeq: number,
  tries: number,
  result: string | null,
  startedAt: number,
  waitMs: number,
  runMs: number,
  cpuMs: number | null,
  memoryBytes: number | null,
  memoryPeakBytes: number | null,
]

/** Values alone, in a fixed order. */
export function packJob(job: ClaimedJob, laterMs: number): PackedJob {
  const values: unknown[] = fields.map((field) => job[field])
  values.push(laterMs)
  return values
}

/** The job and its delay again. */
export function unpackJob(packed: PackedJob): { readonly job: ClaimedJob; readonly laterMs: number } {
  const job: Record<string, unknown> = {}
  for (let at = 0; at < fields.length; at++) job[fields[at] ?? ''] = packed[at]
  return { job: job as unknown as ClaimedJob, laterMs: Number(packed[fields.length]) }
}

/** What the station does not know of a completion. */
export function packCompletion(outcome: CompletedOutcome): PackedCompletion {
  const { id, claimSeq, tries, result, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes } = outcome
  return [id, claimSeq, tries, result, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes]
}

/** The completion of a job that this station handed over to `workerId`. */
export function unpackCompletion(
  packed: PackedCompletion,
  { queue, type }: Pick<ClaimedJob, 'queue' | 'type'>,
  workerId: string,
): CompletedOutcome {
  const [id, claimSeq, tries, result, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes] = packed
  const run = { startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes }
  return { kind: 'completed', id, claimSeq, queue, type, workerId, tries, result, ...run }
}

/** The items in chunks whose sizes do not exceed `max`, but for a single larger item. */
export function inChunks<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  max: number,
): readonly (readonly Item[])[] {
  const chunks: Item[][] = []
  let size = 0
  for (const item of items) {
    const itemSize = sizeOf(item)
    const last = chunks.at(-1)
    if (last === undefined || size + itemSize > max) {
      chunks.push([item])
      size = itemSize
    } else {
      last.push(item)
      size += itemSize
    }
  }
  return chunks
}
