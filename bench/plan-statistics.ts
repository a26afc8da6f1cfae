import type pg from 'pg'
import type { Store } from '../packages/stellwerk/src/storage/store.ts'
import { dispatch, drain, register, share } from './hot-path.ts'

/** What the planner may believe of the tables: nothing, that they are empty, or a picture that no longer holds. */
export const statisticsKinds = ['never analysed', 'analysed empty', 'analysed full', 'half processing'] as const

/** One of {@link statisticsKinds}. */
export type StatisticsKind = (typeof statisticsKinds)[number]

/** Whose statistics; `jobs` is how many are dispatched for a picture of a full table, and drained again. */
export interface PlannedSchema {
  /** A superuser. */
  readonly admin: pg.Client
  readonly store: Store
  readonly schema: string
  readonly jobs: number
}

/** Puts the statistics of a schema into this state; they stay so while autovacuum is off. */
export async function setStatistics(planned: PlannedSchema, kind: StatisticsKind): Promise<void> {
  const { admin, store, schema, jobs } = planned
  const ours = `SELECT oid FROM pg_class WHERE relnamespace = '${schema}'::regnamespace`
  await admin.query(`DELETE FROM pg_statistic WHERE starelid IN (${ours})`)
  const rows = kind === 'never analysed' ? -1 : 0
  await admin.query(
    `UPDATE pg_class SET reltuples = ${rows}, relpages = 0 WHERE oid IN (${ours}) AND relkind IN ('r', 'p', 'i')`,
  )
  if (kind === 'never analysed' || kind === 'analysed empty') return
  await dispatch(store, jobs)
  const holder = await register(store, 600_000)
  const limit = kind === 'half processing' ? jobs / 2 : 1
  await store.claims.claim({ stationId: holder, shares: [{ ...share, limit }], limit })
  await admin.query(`ANALYZE ${schema}.job`)
  await store.stations.retire(holder)
  const drainer = await register(store, 600_000)
  await drain(store, drainer)
  await store.stations.retire(drainer)
}

/** Turns autovacuum off for every table of the schema that changes, so that statistics stay as they were set. */
export async function stopAutovacuum(admin: pg.Client, schema: string): Promise<void> {
  const tables = `('job', 'finished_job', 'station', 'dispatch_receipt', 'tally', 'tally_delta', 'minute_metric', 'finished_payload')`
  const found = await admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = '${schema}'::regnamespace AND relkind = 'r' AND (relname IN ${tables} OR relispartition)`,
  )
  for (const { name } of found.rows) await admin.query(`ALTER TABLE ${schema}.${name} SET (autovacuum_enabled = false)`)
}
