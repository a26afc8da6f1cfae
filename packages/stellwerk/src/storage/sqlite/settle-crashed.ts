import { deadLetterOf } from '../../domain/queue/dead-letters.ts'
import type { CrashedOutcome } from '../outcome-store.ts'
import { insertAttempt } from './insert-attempt.ts'
import { moveToFailed } from './move-to-failed.ts'
import type { SettleRound } from './settle-round.ts'
import { settledRun } from './settled-run.ts'

const COUNT_CRASH = /* sql */ `
  UPDATE job SET crashes = crashes + 1, tries = ?, solo = max(solo, ?)
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING crashes < max_crashes, queue, type`

const BACK = /* sql */ `
  UPDATE job
     SET state = 'pending', attempt = attempt - ?, solo = max(solo, ?), station_id = NULL, worker_id = NULL, claimed_at = NULL
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

/** T8 by the station that saw the worker die: counted with its attempt row, or a suspect with nothing counted. */
export function settleCrashed(round: SettleRound, outcome: CrashedOutcome): void {
  const end = outcome.counted ? countCrash(round, outcome) : giveBack(round, outcome, 1)
  if (end === undefined) {
    round.refused.push(outcome)
    return
  }
  const { queue, type, state, keptIn } = end
  round.tallies.add({ queue, type }, 'processing', -1)
  round.tallies.add({ queue: keptIn, type }, state)
  if (!outcome.counted) return
  round.won.push({ queue, type, outcome: state === 'failed' ? 'failed' : 'retrying', ...settledRun(outcome) })
}

interface CrashEnd {
  readonly queue: string
  readonly type: string
  readonly state: 'pending' | 'failed'
  /** The queue it is counted under from now on. */
  readonly keptIn: string
}

function giveBack({ connection }: SettleRound, outcome: CrashedOutcome, restored: 0 | 1): CrashEnd | undefined {
  const { id, claimSeq, solo } = outcome
  const row = connection.prepare<[string, string]>(BACK).get(restored, solo ? 1 : 0, id, claimSeq)
  return row === undefined ? undefined : { queue: row[0], type: row[1], state: 'pending', keptIn: row[0] }
}

function countCrash(round: SettleRound, outcome: CrashedOutcome): CrashEnd | undefined {
  const { connection, at, host } = round
  const { id, claimSeq, tries, solo, failure, hook } = outcome
  const counted = connection.prepare<[number, string, string]>(COUNT_CRASH).get(tries, solo ? 1 : 0, id, claimSeq)
  if (counted === undefined) return undefined
  insertAttempt(connection, { ...outcome, host, at })
  const [hasBudget, queue, type] = counted
  if (hasBudget === 1) return giveBack(round, outcome, 0)
  const deadLetter = deadLetterOf(round.deadLetters, { queue, type })
  const { kind, errorClass, message } = failure
  moveToFailed(connection, { ...outcome, at, kind, errorClass, message, hook, deadLetter })
  return { queue, type, state: 'failed', keptIn: deadLetter ?? queue }
}
