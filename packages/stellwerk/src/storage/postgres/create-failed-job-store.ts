import type { BulkProgress, BulkStep, FailedJobStore, FailedSelection } from '../failed-job-store.ts'
import { endHook } from './end-hook.ts'
import { selectionCondition, selectionValues } from './failed-selection.ts'
import { takeNextFromHistory } from './history-turn.ts'
import type { Notifier } from './notifier.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { reviveFailed, tallyRevived } from './retry-job.ts'
import { returnLostHooks } from './return-lost-hooks.ts'
import { takeHooks } from './take-hooks.ts'

const countSql = (s: string): string => `SELECT count(*) AS count FROM ${s}.failed_job WHERE ${selectionCondition}`

/** The CTE `gone`: the next failed jobs of a selection, taken out. */
const takeOut = (s: string): string => /* sql */ `
  gone AS (
    DELETE FROM ${s}.failed_job
     WHERE id = ANY(ARRAY(SELECT id FROM ${s}.failed_job WHERE id > $9 AND ${selectionCondition} ORDER BY id LIMIT $10 FOR UPDATE))
    RETURNING *
  )`

const progressOf = `SELECT count(*) AS changed, max(id) AS "lastId", coalesce(array_agg(DISTINCT coalesce(origin_queue, queue)), '{}') AS queues FROM gone`

const retryNextSql = (s: string): string => /* sql */ `
  WITH ${takeOut(s)},
  revived AS (${reviveFailed(s)}),
  ${tallyRevived(s)}
  ${progressOf}`

const forgetNextSql = (s: string): string => /* sql */ `
  WITH ${takeOut(s)},
  attempts AS (DELETE FROM ${s}.job_attempt WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
  logs AS (DELETE FROM ${s}.job_log WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
  attempts_by_day AS (DELETE FROM ${s}.job_attempt_by_day WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
  logs_by_day AS (DELETE FROM ${s}.job_log_by_day WHERE job_id = ANY(ARRAY(SELECT id FROM gone))),
  tally AS (
    INSERT INTO ${s}.tally_delta (queue, type, state, delta) SELECT queue, type, 'failed', -count(*) FROM gone GROUP BY queue, type
  )
  ${progressOf}`

interface StepRow extends BulkProgress {
  readonly queues: readonly string[]
}

/** The role of bulk actions over failed jobs: each step is one statement. */
export function createFailedJobStore(db: PostgresDatabase, notifier: Notifier): FailedJobStore {
  const sql = {
    count: countSql(db.schema),
    retryNext: retryNextSql(db.schema),
    forgetNext: forgetNextSql(db.schema),
  }

  const none: StepRow = { changed: 0, lastId: null, queues: [] }
  const valuesOf = (selection: FailedSelection, { afterId, limit }: BulkStep): readonly unknown[] => [
    ...selectionValues(selection),
    afterId,
    limit,
  ]

  return {
    count: async (selection) =>
      (await db.query<{ count: number }>(sql.count, selectionValues(selection)))[0]?.count ?? 0,
    retryNext: async (selection, bounds) => {
      const [row] = await db.query<StepRow>(sql.retryNext, valuesOf(selection, bounds))
      const { changed, lastId, queues } = row ?? none
      if (changed > 0) notifier.woken(queues)
      return { changed, lastId }
    },
    forgetNext: async (selection, bounds) => {
      const [row] = await takeNextFromHistory<StepRow>(db, sql.forgetNext, valuesOf(selection, bounds))
      const { changed, lastId } = row ?? none
      return { changed, lastId }
    },
    takeHooks: takeHooks(db),
    endHook: endHook(db),
    returnLostHooks: returnLostHooks(db),
  }
}
