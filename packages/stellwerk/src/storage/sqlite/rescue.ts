import type { Failure } from '../../domain/job/failure.ts'
import { type DeadLetters, deadLetterOf, noDeadLetters } from '../../domain/queue/dead-letters.ts'
import type { DeathEvidence, Rescue } from '../station-store.ts'
import { cancelWished } from './cancel-job.ts'
import type { SqliteConnection } from './connection.ts'
import { insertAttempt } from './insert-attempt.ts'
import { moveToFailed } from './move-to-failed.ts'
import { TallyChanges } from './tally-changes.ts'

/** The deciding write: conflicts with a renewal on the same row. */
const DECLARE_DEAD = /* sql */ `
  UPDATE station SET state = 'dead', died_at = ?1 WHERE id = ?2 AND state = 'alive' AND alive_until < ?1`

const RETIRE = /* sql */ `UPDATE station SET state = 'dead', died_at = ? WHERE id = ? AND state = 'alive'`

const STATION = /* sql */ `SELECT state, host FROM station WHERE id = ?`

const HELD = /* sql */ `
  SELECT id, claim_seq, crashes, max_crashes, queue, type FROM job WHERE state = 'processing' AND station_id = ?`

const GIVE_BACK = /* sql */ `
  UPDATE job
     SET state = 'pending', attempt = attempt - 1, solo = max(solo, ?), station_id = NULL, worker_id = NULL, claimed_at = NULL
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

const COUNT_CRASH = /* sql */ `
  UPDATE job SET crashes = crashes + 1 WHERE id = ? AND claim_seq = ? AND state = 'processing'`

const AFTER_CRASH = /* sql */ `
  UPDATE job SET state = 'pending', station_id = NULL, worker_id = NULL, claimed_at = NULL
   WHERE id = ? AND claim_seq = ? AND state = 'processing'
  RETURNING queue, type`

type HeldRow = [id: number, claimSeq: number, crashes: number, maxCrashes: number, queue: string, type: string]

interface RescueRound {
  readonly connection: SqliteConnection
  readonly at: number
  readonly host: string
  readonly deadLetters: DeadLetters
  readonly tallies: TallyChanges
  readonly moved: { returned: number; suspects: number; crashed: number; failed: number }
}

/** A rescue that did not come about. */
export const untouched: Rescue = { declared: false, returned: 0, suspects: 0, crashed: 0, failed: 0 }

/** What is known of the death, and where those go that fail for it. */
interface Grounds {
  readonly evidence: DeathEvidence
  readonly deadLetters: DeadLetters
}

/** T8 inside a transaction. Not declared: the station's lease has not run out, nothing was touched. */
export function rescue(connection: SqliteConnection, stationId: string, grounds: Grounds): Rescue {
  const at = connection.nowMs()
  connection.prepare(DECLARE_DEAD).run(at, stationId)
  const station = connection.prepare<[string, string]>(STATION).get(stationId)
  if (station?.[0] === 'alive') return untouched
  const moved = giveBackAll(connection, { stationId, at, host: station?.[1] ?? '' }, grounds)
  return { declared: true, ...moved }
}

/** Marks a station that stopped by itself as dead inside a transaction; what it still held goes back with nothing counted. */
export function retire(connection: SqliteConnection, stationId: string): void {
  const at = connection.nowMs()
  connection.prepare(RETIRE).run(at, stationId)
  giveBackAll(connection, { stationId, at, host: '' }, { evidence: { running: [] }, deadLetters: noDeadLetters })
}

function giveBackAll(
  connection: SqliteConnection,
  dead: { readonly stationId: string; readonly at: number; readonly host: string },
  { evidence, deadLetters }: Grounds,
): RescueRound['moved'] {
  const moved = { returned: 0, suspects: 0, crashed: 0, failed: 0 }
  const { at, host } = dead
  const round: RescueRound = { connection, at, host, deadLetters, tallies: new TallyChanges(), moved }
  const ran = new Set(evidence.running.map(({ id, claimSeq }) => `${id}:${claimSeq}`))
  const held = connection.prepare<HeldRow>(HELD).all(dead.stationId)
  for (const row of held) {
    const wasRunning = ran.has(`${row[0]}:${row[1]}`)
    if (wasRunning && evidence.running.length === 1) countCrash(round, row)
    else giveBack(round, row, wasRunning)
  }
  cancelWished(
    connection,
    held.map(([id]) => id),
    round.tallies,
  )
  round.tallies.apply(connection)
  return moved
}

function giveBack({ connection, tallies, moved }: RescueRound, [id, claimSeq]: HeldRow, suspect: boolean): void {
  const row = connection.prepare<[string, string]>(GIVE_BACK).get(suspect ? 1 : 0, id, claimSeq)
  if (row === undefined) return
  tallies.move({ queue: row[0], type: row[1] }, 'processing', 'pending')
  moved.returned += 1
  if (suspect) moved.suspects += 1
}

function countCrash(round: RescueRound, [id, claimSeq, before, maxCrashes, queue, type]: HeldRow): void {
  const { connection, at, host, deadLetters, tallies, moved } = round
  const crashes = before + 1
  const failure = workerCrash(crashes, maxCrashes)
  connection.prepare(COUNT_CRASH).run(id, claimSeq)
  insertAttempt(connection, { id, claimSeq, failure, host, at, ...unknownRun })
  if (crashes < maxCrashes) {
    const back = connection.prepare<[string, string]>(AFTER_CRASH).get(id, claimSeq)
    if (back === undefined) return
    tallies.move({ queue: back[0], type: back[1] }, 'processing', 'pending')
    moved.crashed += 1
    return
  }
  const { kind, errorClass, message } = failure
  const deadLetter = deadLetterOf(deadLetters, { queue, type })
  const end = { id, claimSeq, at, kind, errorClass, message, hook: true, deadLetter, ...unknownRun }
  if (!moveToFailed(connection, end)) return
  tallies.add({ queue, type }, 'processing', -1)
  tallies.add({ queue: deadLetter ?? queue, type }, 'failed')
  moved.failed += 1
}

const unknownRun = { startedAt: null, waitMs: null, runMs: null, cpuMs: null, memoryBytes: null, memoryPeakBytes: null }

function workerCrash(crashes: number, maxCrashes: number): Failure {
  const message =
    `the process died while it ran this job alone (crash ${crashes} of ${maxCrashes}); ` +
    'look for a native crash, process.exit or a lack of memory in its handler, then retry it'
  return { kind: 'crash', errorClass: 'WorkerCrash', message, stack: null, causes: [] }
}
