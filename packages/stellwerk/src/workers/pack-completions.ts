import { maxResultBytes } from '../engine/attempt-outcome.ts'
import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CompletedOutcome } from '../storage/outcome-store.ts'
import { type Column, columnOf, isColumn, readerOf } from './column.ts'
import { runFacts } from './outcome-shapes.ts'
import { isId, isWhole, orNull, type Shape, textOf } from './shape.ts'

/** What the station knows of a completion by itself. */
type KnownField = 'kind' | 'queue' | 'type' | 'workerId'

/** Completions by column, `id` always one by one. */
export type PackedCompletions = {
  readonly [Field in Exclude<keyof CompletedOutcome, KnownField | 'id'>]: Column<CompletedOutcome[Field]>
} & { readonly id: readonly number[] }

/** What the station does not know of them. */
export function packCompletions(outcomes: readonly CompletedOutcome[]): PackedCompletions {
  return {
    id: outcomes.map(({ id }) => id),
    claimSeq: columnOf(outcomes, ({ claimSeq }) => claimSeq),
    tries: columnOf(outcomes, ({ tries }) => tries),
    result: columnOf(outcomes, ({ result }) => result),
    startedAt: columnOf(outcomes, ({ startedAt }) => startedAt),
    waitMs: columnOf(outcomes, ({ waitMs }) => waitMs),
    runMs: columnOf(outcomes, ({ runMs }) => runMs),
    cpuMs: columnOf(outcomes, ({ cpuMs }) => cpuMs),
    memoryBytes: columnOf(outcomes, ({ memoryBytes }) => memoryBytes),
    memoryPeakBytes: columnOf(outcomes, ({ memoryPeakBytes }) => memoryPeakBytes),
  }
}

/** Whose completions have arrived. */
export interface CompletionSource {
  readonly workerId: string
  /** Takes the job of a claim; undefined: it is not, or no longer, this worker's, and what is said of it counts for nothing. */
  takeJob(id: number, claimSeq: number): Pick<ClaimedJob, 'queue' | 'type'> | undefined
}

const checks: Shape<Omit<PackedCompletions, 'id'>> = {
  claimSeq: isWhole,
  tries: isWhole,
  result: orNull(textOf(maxResultBytes)),
  ...runFacts,
}

/** Before any of it counts: what is stored of a worker's word is stored together with that of others. */
function refuseMisshapen(packed: PackedCompletions): void {
  if (!(Array.isArray(packed.id) && packed.id.every(isId))) throw new Error('completions without ids')
  for (const [field, isValue] of Object.entries(checks))
    if (packed.id.length > 0 && !isColumn(packed[field as keyof typeof checks], packed.id.length, isValue))
      throw new Error(`completions whose '${field}' is not what it should be`)
}

/** The completions of jobs that this station handed over, in their order. @throws Error for what no worker of ours sends */
export function unpackCompletions(
  packed: PackedCompletions,
  { workerId, takeJob }: CompletionSource,
): readonly CompletedOutcome[] {
  refuseMisshapen(packed)
  const claimSeqAt = readerOf(packed.claimSeq)
  const tries = readerOf(packed.tries)
  const result = readerOf(packed.result)
  const startedAt = readerOf(packed.startedAt)
  const waitMs = readerOf(packed.waitMs)
  const runMs = readerOf(packed.runMs)
  const cpuMs = readerOf(packed.cpuMs)
  const memoryBytes = readerOf(packed.memoryBytes)
  const memoryPeakBytes = readerOf(packed.memoryPeakBytes)
  const outcomes: CompletedOutcome[] = []
  for (const [at, id] of packed.id.entries()) {
    const claimSeq = claimSeqAt(at)
    const job = takeJob(id, claimSeq)
    if (job === undefined) continue
    outcomes.push({
      kind: 'completed',
      id,
      claimSeq,
      queue: job.queue,
      type: job.type,
      workerId,
      tries: tries(at),
      result: result(at),
      startedAt: startedAt(at),
      waitMs: waitMs(at),
      runMs: runMs(at),
      cpuMs: cpuMs(at),
      memoryBytes: memoryBytes(at),
      memoryPeakBytes: memoryPeakBytes(at),
    })
  }
  return outcomes
}
