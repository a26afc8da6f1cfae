import type { ChangeResult } from '../job-store.ts'
import { explainRefusal } from './change-job.ts'
import { takeFromHistory } from './history-turn.ts'
import { laneKeySql } from './lane-key.ts'
import type { Notifier } from './notifier.ts'
import type { PostgresDatabase } from './postgres-database.ts'

const columns =
  'id, run_at, created_at, position, lane, parent_id, claim_seq, attempt, tries, max_crashes, weight, type_version, priority, in_batch, state, type, queue, run_id, batch_id, options, payload'

const laneOfFinished = laneKeySql({
  queue: 'g.queue',
  type: 'g.type',
  inBatch: 'g.batch_id IS NOT NULL',
  priority: 'g.priority',
})

/** The time once: without OFFSET the planner puts the clock in place of every `at`, and two of them may be a millisecond apart. */
const moment = (s: string): string => `SELECT ${s}.now_ms() AS at OFFSET 0`

const ownQueue = 'coalesce(origin_queue, queue)'

const laneOfFailed = laneKeySql({ queue: ownQueue, type: 'type', inBatch: 'in_batch', priority: 'priority' })

/** The insert that puts failed jobs back (T10), from a CTE `gone` of failed_job rows: fresh budget, the claims and attempts go on; from a dead-letter queue to their own. */
export const reviveFailed = (s: string): string => /* sql */ `
  INSERT INTO ${s}.job (${columns})
  SELECT id, at, created_at, at - weight * 1000::bigint, ${laneOfFailed}, parent_id, claim_seq, attempt, tries, max_crashes, weight, type_version, priority,
         in_batch, 'pending', type, ${ownQueue}, run_id, batch_id, options, payload
    FROM gone CROSS JOIN (${moment(s)}) AS moment`

/** The CTE that counts what {@link reviveFailed} puts back: where it was kept, and where it waits. */
export const tallyRevived = (s: string): string => /* sql */ `
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT side.queue, type, side.state, sum(side.sign)
      FROM gone CROSS JOIN LATERAL (VALUES (gone.queue, 'failed', -1), (coalesce(origin_queue, gone.queue), 'pending', 1)) AS side(queue, state, sign)
     GROUP BY side.queue, type, side.state
  )`

const retryFailedSql = (s: string): string => /* sql */ `
  WITH gone AS (DELETE FROM ${s}.failed_job WHERE id = $1 RETURNING *),
  revived AS (${reviveFailed(s)}),
  ${tallyRevived(s)}
  SELECT ${ownQueue} AS queue FROM gone`

const retryFinishedSql = (s: string): string => /* sql */ `
  WITH kept AS MATERIALIZED (SELECT * FROM ${s}.finished_payload WHERE id = $1),
  gone AS (DELETE FROM ${s}.finished_job WHERE id = $1 AND EXISTS (SELECT 1 FROM kept) RETURNING *),
  payload AS (DELETE FROM ${s}.finished_payload WHERE id = $1 AND EXISTS (SELECT 1 FROM gone)),
  revived AS (
    INSERT INTO ${s}.job (${columns})
    SELECT g.id, at, g.created_at, at - k.weight * 1000::bigint, ${laneOfFinished}, g.parent_id, g.claim_seq, g.attempt, g.tries, k.max_crashes, k.weight,
           k.type_version, g.priority, g.batch_id IS NOT NULL, 'pending', g.type, g.queue, g.run_id, g.batch_id, k.options, k.payload
      FROM gone AS g CROSS JOIN kept AS k CROSS JOIN (${moment(s)}) AS moment
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign FROM gone CROSS JOIN LATERAL (VALUES (gone.state, -1), ('pending', 1)) AS side(state, sign)
  )
  SELECT queue FROM gone`

/** An archived job holds its payload itself. */
const retryArchivedSql = (s: string): string => /* sql */ `
  WITH gone AS (DELETE FROM ${s}.archived_job WHERE id = $1 AND payload IS NOT NULL RETURNING *),
  revived AS (
    INSERT INTO ${s}.job (${columns})
    SELECT g.id, at, g.created_at, at - g.weight * 1000::bigint, ${laneOfFinished}, g.parent_id, g.claim_seq, g.attempt, g.tries, g.max_crashes, g.weight,
           g.type_version, g.priority, g.batch_id IS NOT NULL, 'pending', g.type, g.queue, g.run_id, g.batch_id, g.options, g.payload
      FROM gone AS g CROSS JOIN (${moment(s)}) AS moment
  ),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta)
    SELECT queue, type, side.state, side.sign FROM gone CROSS JOIN LATERAL (VALUES (gone.state, -1), ('pending', 1)) AS side(state, sign)
  )
  SELECT queue FROM gone`

/** T10, guarded: a failed, completed or cancelled job goes back to pending, while its payload is kept. */
export async function retryJob(db: PostgresDatabase, notifier: Notifier, id: number): Promise<ChangeResult> {
  const revived = await reviveOne(db, id)
  if (revived === undefined) return await explain(db, id)
  notifier.woken([revived.queue])
  return { changed: true }
}

async function reviveOne(db: PostgresDatabase, id: number): Promise<{ readonly queue: string } | undefined> {
  const [failed] = await db.query<{ queue: string }>(retryFailedSql(db.schema), [id])
  if (failed !== undefined) return failed
  const [finished] = await takeFromHistory<{ queue: string }>(db, retryFinishedSql(db.schema), [id])
  if (finished !== undefined) return finished
  const [archived] = await db.query<{ queue: string }>(retryArchivedSql(db.schema), [id])
  return archived
}

async function explain(db: PostgresDatabase, id: number): Promise<ChangeResult> {
  const result = await explainRefusal(db, db.schema, id)
  if (result.changed || (result.state !== 'completed' && result.state !== 'cancelled')) return result
  return { ...result, reason: 'payload_gone' }
}
