import type { JobRecord } from '../../domain/job/job-record.ts'
import { type Kysely, sql } from './kysely.ts'
import { archivedColumns, failedColumns, finishedColumns, liveColumns, toJobSummary } from './summary-columns.ts'
import type { Database } from './tables.ts'

const whole = ['weight', 'claim_seq', 'type_version', 'options'] as const

/** Nobody asks for the end of a job that has ended. */
const notAsked = sql<number>`0`

/** The whole of one job, by one UNION ALL over the tables so that a job that moves is not missed; undefined where there is none. */
export async function findJob(db: Kysely<Database>, id: number): Promise<JobRecord | undefined> {
  const row = await live(db, id)
    .unionAll(failed(db, id))
    .unionAll(finished(db, id))
    .unionAll(archived(db, id))
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    ...toJobSummary(row),
    weight: row.weight,
    claimSeq: row.claim_seq,
    typeVersion: row.type_version,
    payload: row.payload,
    result: row.result,
    options: row.options,
    solo: Boolean(row.solo),
    cancelRequested: Boolean(row.cancel_requested),
  }
}

function live(db: Kysely<Database>, id: number) {
  return db
    .selectFrom('job')
    .where('id', '=', id)
    .select(liveColumns)
    .select(whole)
    .select((eb) => [
      eb.ref('job.payload').$castTo<string | null>().as('payload'),
      sql<string | null>`cast(null as text)`.as('result'),
      sql<number>`case when job.solo then 1 else 0 end`.as('solo'),
      sql<number>`case when job.cancel_requested then 1 else 0 end`.as('cancel_requested'),
    ])
}

function failed(db: Kysely<Database>, id: number) {
  return db
    .selectFrom('failed_job')
    .where('id', '=', id)
    .select(failedColumns)
    .select(whole)
    .select((eb) => [
      eb.ref('failed_job.payload').$castTo<string | null>().as('payload'),
      sql<string | null>`cast(null as text)`.as('result'),
      sql<number>`case when failed_job.solo then 1 else 0 end`.as('solo'),
      notAsked.as('cancel_requested'),
    ])
}

/** Weight and version leave with the payload; what they were no longer matters then. */
function finished(db: Kysely<Database>, id: number) {
  const kept = db
    .selectFrom('finished_payload')
    .select(['id as job_id', 'weight', 'type_version', 'options', 'payload', 'result'])
  return db
    .selectFrom('finished_job')
    .leftJoin(kept.as('kept'), 'kept.job_id', 'finished_job.id')
    .where('id', '=', id)
    .select(finishedColumns)
    .select((eb) => [
      eb.fn.coalesce('kept.weight', sql<number>`0`).as('weight'),
      'claim_seq',
      eb.fn.coalesce('kept.type_version', sql<number>`1`).as('type_version'),
      'kept.options',
      'kept.payload',
      'kept.result',
      sql<number>`0`.as('solo'),
      notAsked.as('cancel_requested'),
    ])
}

function archived(db: Kysely<Database>, id: number) {
  return db
    .selectFrom('archived_job')
    .where('id', '=', id)
    .select(archivedColumns)
    .select((eb) => [
      eb.fn.coalesce('weight', sql<number>`0`).as('weight'),
      'claim_seq',
      eb.fn.coalesce('type_version', sql<number>`1`).as('type_version'),
      'options',
      'payload',
      'result',
      sql<number>`0`.as('solo'),
      notAsked.as('cancel_requested'),
    ])
}
