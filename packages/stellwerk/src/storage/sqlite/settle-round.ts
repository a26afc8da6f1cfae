import type { WonRun } from '../../domain/metrics/won-run.ts'
import type { DeadLetters } from '../../domain/queue/dead-letters.ts'
import type { Outcome } from '../outcome-store.ts'
import type { SqliteStatements } from './statement.ts'
import type { TallyChanges } from './tally-changes.ts'

/** What the statements of one flush share: all in one transaction, all at one time. */
export interface SettleRound {
  readonly connection: SqliteStatements
  readonly at: number
  /** Host of the station, for attempt rows. */
  readonly host: string
  readonly deadLetters: DeadLetters
  readonly tallies: TallyChanges
  readonly won: WonRun[]
  readonly refused: Outcome[]
}
