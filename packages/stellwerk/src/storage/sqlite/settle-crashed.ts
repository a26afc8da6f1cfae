import type { CrashedOutcome } from '../outcome-store.ts'
import { insertAttempt } from './insert-attempt.ts'
import { moveToFailed } from './move-to-failed.ts'
import type { SettleRound } from './settle-round.ts'
import { settledRun } from './settled-run.ts'

const COUNT_CRASH = /* sql */ `
  UPDATE job SET crashes = crashes + 1, tries = ?, solo = max(solo, ?)
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING crashes < max_crashes`

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
  const { queue, type, state } = end
  round.tallies.move({ queue, type }, 'processing', state)
  if (!outcome.counted) return
  round.won.push({ queue, type, outcome: state === 'failed' ? 'failed' : 'retrying', ...settledRun(outcome) })
}

interface CrashEnd {
  readonly queue: string
  readonly type: string
  readonly state: 'pending' | 'failed'
}

function giveBack({ connection }: SettleRound, outcome: CrashedOutcome, restored: 0 | 1): CrashEnd | undefined {
  const { id, claimSeq, solo } = outcome
  const row = connection.prepare<[string, string]>(BACK).get(restored, solo ? 1 : 0, id, claimSeq)
  return row === undefined ? undefined : { queue: row[0], type: row[1], state: 'pending' }
}

function countCrash(round: SettleRound, outcome: CrashedOutcome): CrashEnd | undefined {
  const { connection, at, host } = round
  const { id, claimSeq, tries, solo, failure, hook } = outcome
  const counted = connection.prepare<[number]>(COUNT_CRASH).get(tries, solo ? 1 : 0, id, claimSeq)
  if (counted === undefined) return undefined
  insertAttempt(connection, { ...outcome, host, at })
  if (counted[0] === 1) return giveBack(round, outcome, 0)
  const { kind, errorClass, message } = failure
  const row = moveToFailed(connection, { ...outcome, at, kind, errorClass, message, hook })
  return row === undefined ? undefined : { queue: row[0], type: row[1], state: 'failed' }
}
