import type { ClaimedJob } from '../storage/claim-store.ts'
import type { CompletedOutcome } from '../storage/outcome-store.ts'
import { type Column, columnOf, readerOf } from './column.ts'

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

/** The completions of jobs that this station handed over, in their order. */
export function unpackCompletions(
  packed: PackedCompletions,
  { workerId, takeJob }: CompletionSource,
): readonly CompletedOutcome[] {
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
