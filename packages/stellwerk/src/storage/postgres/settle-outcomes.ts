import type { WonRun } from '../../domain/metrics/won-run.ts'
import { noDeadLetters } from '../../domain/queue/dead-letters.ts'
import type {
  CancelledOutcome,
  CompletedOutcome,
  CrashedOutcome,
  FailedOutcome,
  Outcome,
  RetryingOutcome,
  ReturnedOutcome,
  Settlement,
  SnoozedOutcome,
} from '../outcome-store.ts'
import { createCancelWished } from './cancel-job.ts'
import { createFindRecorded } from './find-recorded.ts'
import type { PostgresStatements } from './postgres-database.ts'
import { createSettleCancelled } from './settle-cancelled.ts'
import { createSettleCompleted } from './settle-completed.ts'
import { createSettleCrashed } from './settle-crashed.ts'
import { createSettleFailed } from './settle-failed.ts'
import { createSettleGivenBack } from './settle-given-back.ts'
import { createSettleRetrying } from './settle-retrying.ts'
import type { SettledBy, SettledGroup } from './settled-group.ts'

/** What became of all outcomes of a settlement. */
export interface SettledOutcomes {
  readonly at: number
  readonly won: readonly WonRun[]
  readonly refused: readonly Outcome[]
  /** An earlier try has recorded them, or may have: none was left to win. */
  readonly wasRecorded: boolean
}

/** Whether an earlier try of the same settlement may have been committed unseen. */
export interface SettleMode {
  readonly isRepeated: boolean
}

/** Settles within the caller's transaction. */
export type SettleOutcomes = (
  db: PostgresStatements,
  settlement: Settlement,
  mode: SettleMode,
) => Promise<SettledOutcomes>

/** Each kind of outcome by its own statement, all sent at once; says what won and what was refused. */
export function createSettleOutcomes(schema: string): SettleOutcomes {
  const settleKinds = createSettleKinds(schema)
  const findRecorded = createFindRecorded(schema)
  const now = `SELECT ${schema}.now_ms() AS at`
  return async (db, { stationId, outcomes, deadLetters = noDeadLetters }, { isRepeated }) => {
    const results = await settleKinds(db, { stationId, deadLetters }, sortByKind(outcomes))
    const sorter = new WonSorter()
    for (const { of, groups } of results) sorter.take(of, groups)
    const at = sorter.at ?? (await db.query<{ at: number }>(now))[0]?.at ?? 0
    if (!isRepeated) return { at, won: sorter.won, refused: sorter.refused, wasRecorded: false }
    const recorded = await findRecorded(db, stationId, sorter.refused)
    const refused = sorter.refused.filter((_, index) => !recorded.has(index + 1))
    // What was recorded is all of what could win: while something wins, nothing was.
    return { at, won: sorter.won, refused, wasRecorded: sorter.refused.length === outcomes.length }
  }
}

interface OutcomesByKind {
  readonly completed: CompletedOutcome[]
  readonly retrying: RetryingOutcome[]
  readonly failed: FailedOutcome[]
  readonly givenBack: (ReturnedOutcome | SnoozedOutcome)[]
  readonly crashed: CrashedOutcome[]
  readonly cancelled: CancelledOutcome[]
}

interface KindResult {
  readonly of: readonly Outcome[]
  readonly groups: readonly SettledGroup[]
}

type SettleKinds = (db: PostgresStatements, by: SettledBy, kinds: OutcomesByKind) => Promise<readonly KindResult[]>

function createSettleKinds(schema: string): SettleKinds {
  const settleCompleted = createSettleCompleted(schema)
  const settleRetrying = createSettleRetrying(schema)
  const settleFailed = createSettleFailed(schema)
  const settleGivenBack = createSettleGivenBack(schema)
  const settleCrashed = createSettleCrashed(schema)
  const settleCancelled = createSettleCancelled(schema)
  const cancelWished = createCancelWished(schema)
  return async (db, by, { completed, retrying, failed, givenBack, crashed, cancelled }) => {
    const settling = Promise.all([
      resultOf(completed, () => settleCompleted(db, completed)),
      resultOf(retrying, () => settleRetrying(db, by.stationId, retrying)),
      resultOf(failed, () => settleFailed(db, by, failed)),
      resultOf(givenBack, () => settleGivenBack(db, givenBack)),
      resultOf(crashed, () => settleCrashed(db, by, crashed)),
      resultOf(cancelled, () => settleCancelled(db, by.stationId, cancelled)),
    ])
    const waiting = [...retrying, ...givenBack, ...crashed].map(({ id }) => id)
    const [results] = await Promise.all([settling, cancelWished(db, waiting)])
    return results
  }
}

async function resultOf(
  outcomes: readonly Outcome[],
  settle: () => Promise<readonly SettledGroup[]>,
): Promise<KindResult> {
  return { of: outcomes, groups: outcomes.length === 0 ? [] : await settle() }
}

/** Within a kind by id and claim: two writers of the same rows rarely lock them crosswise, and who looks an id up finds its newest claim. */
function sortByKind(outcomes: readonly Outcome[]): OutcomesByKind {
  const kinds: OutcomesByKind = { completed: [], retrying: [], failed: [], givenBack: [], crashed: [], cancelled: [] }
  for (const outcome of outcomes.toSorted((a, b) => a.id - b.id || a.claimSeq - b.claimSeq)) {
    if (outcome.kind === 'completed') kinds.completed.push(outcome)
    else if (outcome.kind === 'retrying') kinds.retrying.push(outcome)
    else if (outcome.kind === 'failed') kinds.failed.push(outcome)
    else if (outcome.kind === 'crashed') kinds.crashed.push(outcome)
    else if (outcome.kind === 'cancelled') kinds.cancelled.push(outcome)
    else kinds.givenBack.push(outcome)
  }
  return kinds
}

/** Sorts outcomes into won and refused by the ordinals that came back. */
class WonSorter {
  readonly won: WonRun[] = []
  readonly refused: Outcome[] = []
  at: number | undefined

  take(outcomes: readonly Outcome[], groups: readonly SettledGroup[]): void {
    const isWon = new Uint8Array(outcomes.length + 1)
    for (const { queue, type, ords, at, state } of groups) {
      this.at ??= at
      for (const ord of ords) {
        isWon[ord] = 1
        this.#win(outcomes[ord - 1], { queue, type, state })
      }
    }
    outcomes.forEach((outcome, index) => {
      if (isWon[index + 1] === 0) this.refused.push(outcome)
    })
  }

  #win(outcome: Outcome | undefined, { queue, type, state }: WonGroup): void {
    if (outcome === undefined || !isMeasured(outcome)) return
    const { startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes } = outcome
    const kind = outcome.kind !== 'crashed' ? outcome.kind : state === 'failed' ? 'failed' : 'retrying'
    this.won.push({ queue, type, outcome: kind, startedAt, waitMs, runMs, cpuMs, memoryBytes, memoryPeakBytes })
  }
}

interface WonGroup {
  readonly queue: string
  readonly type: string
  readonly state: string | undefined
}

type MeasuredOutcome = CompletedOutcome | RetryingOutcome | FailedOutcome | CrashedOutcome

/** What was given back, put off or cancelled is in no metric. */
function isMeasured(outcome: Outcome): outcome is MeasuredOutcome {
  if (outcome.kind === 'crashed') return outcome.counted
  return outcome.kind === 'completed' || outcome.kind === 'retrying' || outcome.kind === 'failed'
}
