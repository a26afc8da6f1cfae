import type { DeadLetters } from '../../domain/queue/dead-letters.ts'
import type { DeathEvidence, Rescue } from '../station-store.ts'
import { wholeNumberArray } from './array-literals.ts'
import { createCancelWished } from './cancel-job.ts'
import { createFailCrashed, createReturnCrashed } from './move-crashed.ts'
import type { PostgresDatabase, PostgresStatements } from './postgres-database.ts'
import { createReturnHeld } from './return-held.ts'
import type { SettledBy } from './settled-group.ts'

/** A row of the dead station, locked, with what the evidence says about it. */
interface HeldJob {
  readonly id: number
  readonly ran: boolean
  /** Crashes left after this one would be counted. */
  readonly left: number
}

/** The deciding write. The clock is read where the row is checked, again after a wait for its lock, so a renewal that came first wins. */
const declareDeadSql = (s: string): string => /* sql */ `
  WITH declared AS (
    UPDATE ${s}.station SET state = 'dead', died_at = ${s}.now_ms()
     WHERE id = $1 AND state = 'alive' AND ($2 OR alive_until < ${s}.now_ms())
    RETURNING id)
  SELECT EXISTS (SELECT 1 FROM declared) AS declared,
         EXISTS (SELECT 1 FROM ${s}.station WHERE id = $1 AND state = 'alive') AS was_alive`

/** A row that is being ended in a transaction of the application is left to a later look, so that it does not keep all others. */
const lockHeldSql = (s: string): string => /* sql */ `
  SELECT j.id, j.max_crashes - j.crashes - 1 AS left,
         EXISTS (SELECT 1 FROM unnest($2::bigint[], $3::int[]) AS e(id, claim_seq) WHERE e.id = j.id AND e.claim_seq = j.claim_seq) AS ran
    FROM ${s}.job AS j
   WHERE j.state = 'processing' AND j.claimed_at > 0 AND j.station_id = $1
   ORDER BY j.id FOR UPDATE OF j SKIP LOCKED`

const untouched: Rescue = { declared: false, returned: 0, suspects: 0, crashed: 0, failed: 0 }

/** How a station ends: by a rescuer, guarded by its lease, or by itself. */
export interface Ending {
  readonly stationId: string
  readonly evidence: DeathEvidence
  readonly deadLetters: DeadLetters
  readonly isRetiring: boolean
  /** Asked before the commit: what came before may have had to wait. */
  readonly isSure: () => boolean
}

/** Ends a station. */
export type EndStation = (db: PostgresDatabase, ending: Ending) => Promise<Rescue>

/** T8, one transaction: the guarded declaration first, then the rows the station held, by id. */
export function createEndStation(schema: string): EndStation {
  const declareDead = declareDeadSql(schema)
  const lockHeld = lockHeldSql(schema)
  const moveHeld = createMoveHeld(schema)
  const cancelWished = createCancelWished(schema)
  const endWithin = async (tx: PostgresStatements, ending: Ending): Promise<Rescue> => {
    const { stationId, evidence, deadLetters, isRetiring } = ending
    const ranAlone = evidence.running.length === 1
    const [verdict] = await tx.query<{ declared: boolean; was_alive: boolean }>(declareDead, [stationId, isRetiring])
    if (verdict === undefined || (!verdict.declared && verdict.was_alive)) return untouched
    const held = await tx.query<HeldJob>(lockHeld, [
      stationId,
      wholeNumberArray(evidence.running.map((job) => job.id)),
      wholeNumberArray(evidence.running.map((job) => job.claimSeq)),
    ])
    const rescue = await moveHeld(tx, { stationId, deadLetters, held, ranAlone })
    await cancelWished(
      tx,
      held.map(({ id }) => id),
    )
    return rescue
  }
  return async (db, ending) => {
    try {
      return await db.transaction(async (tx) => {
        const rescue = await endWithin(tx, ending)
        if (!ending.isSure()) throw new Unsure()
        return rescue
      })
    } catch (error) {
      if (error instanceof Unsure) return untouched
      throw error
    }
  }
}

/** Rolls back a rescue whose grounds have gone. */
class Unsure extends Error {}

interface Held extends SettledBy {
  readonly held: readonly HeldJob[]
  /** One handler ran in the process that died, be its claim this one or not. */
  readonly ranAlone: boolean
}

type MoveHeld = (db: PostgresStatements, held: Held) => Promise<Rescue>

/** One that ran alone is a crash; several are suspects; all others go free. */
function createMoveHeld(schema: string): MoveHeld {
  const returnHeld = createReturnHeld(schema)
  const returnCrashed = createReturnCrashed(schema)
  const failCrashed = createFailCrashed(schema)
  return async (db, { held, ranAlone, ...by }) => {
    const { culprit, suspects, others } = judge(held, ranAlone)
    if (others.length > 0) await returnHeld(db, others, suspects)
    const counts = { declared: true, returned: others.length, suspects: suspects.length, crashed: 0, failed: 0 }
    if (culprit === undefined) return counts
    if (culprit.left > 0) {
      await returnCrashed(db, by, culprit.id)
      return { ...counts, crashed: 1 }
    }
    await failCrashed(db, by, culprit.id)
    return { ...counts, failed: 1 }
  }
}

interface Judgement {
  readonly culprit: HeldJob | undefined
  readonly suspects: readonly number[]
  readonly others: readonly number[]
}

function judge(held: readonly HeldJob[], ranAlone: boolean): Judgement {
  const ran = held.filter((job) => job.ran)
  const [culprit] = ranAlone ? ran : []
  return {
    culprit,
    suspects: ranAlone ? [] : ran.map((job) => job.id),
    others: held.filter((job) => job !== culprit).map((job) => job.id),
  }
}
