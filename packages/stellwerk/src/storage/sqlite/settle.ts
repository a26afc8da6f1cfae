import { noDeadLetters } from '../../domain/queue/dead-letters.ts'
import type { CompletedOutcome, Outcome, Settlement, SettleResult } from '../outcome-store.ts'
import { appendLogs } from './append-logs.ts'
import { cancelWished } from './cancel-job.ts'
import type { SqliteConnection } from './connection.ts'
import { settleCancelled } from './settle-cancelled.ts'
import { settleCompleted } from './settle-completed.ts'
import { settleCrashed } from './settle-crashed.ts'
import { settleFailed } from './settle-failed.ts'
import { settleReturned, settleSnoozed } from './settle-given-back.ts'
import { settleRetrying } from './settle-retrying.ts'
import type { SettleRound } from './settle-round.ts'
import { TallyChanges } from './tally-changes.ts'
import { writeMinutes } from './write-minutes.ts'

const HOST = /* sql */ `SELECT host FROM station WHERE id = ?`

/** Writes one flush inside a transaction: outcomes under their fences, then metrics of what won, logs and counters. */
export function settle(connection: SqliteConnection, settlement: Settlement): SettleResult {
  const [host] = connection.prepare<[string]>(HOST).get(settlement.stationId) ?? ['']
  const at = connection.nowMs()
  const { deadLetters = noDeadLetters } = settlement
  const round: SettleRound = { connection, at, host, deadLetters, tallies: new TallyChanges(), won: [], refused: [] }
  const completed: CompletedOutcome[] = []
  for (const outcome of settlement.outcomes) {
    if (outcome.kind === 'completed') completed.push(outcome)
    else settleOne(round, outcome)
  }
  settleCompleted(round, completed)
  cancelWished(
    connection,
    settlement.outcomes.filter(mayWait).map(({ id }) => id),
    round.tallies,
  )
  writeMinutes(connection, settlement.metrics(round.won, at))
  appendLogs(connection, settlement.logs)
  round.tallies.apply(connection)
  return { at, refused: round.refused }
}

/** Whether a claim that ended this way leaves a job that waits. */
function mayWait({ kind }: Outcome): boolean {
  return kind === 'retrying' || kind === 'returned' || kind === 'snoozed' || kind === 'crashed'
}

function settleOne(round: SettleRound, outcome: Exclude<Outcome, CompletedOutcome>): void {
  if (outcome.kind === 'retrying') settleRetrying(round, outcome)
  else if (outcome.kind === 'failed') settleFailed(round, outcome)
  else if (outcome.kind === 'returned') settleReturned(round, outcome)
  else if (outcome.kind === 'snoozed') settleSnoozed(round, outcome)
  else if (outcome.kind === 'crashed') settleCrashed(round, outcome)
  else settleCancelled(round, outcome)
}
