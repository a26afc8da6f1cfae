import type { JobState } from '../../domain/job/job-state.ts'
import type { Tally } from '../../domain/metrics/tally.ts'
import { type Kysely, sql } from './kysely.ts'
import type { Database } from './tables.ts'

/** The counters recounted from the rows: a scan of every job table, in one statement. By queue, type and state. */
export async function recountTallies(db: Kysely<Database>): Promise<readonly Tally[]> {
  const all = db
    .selectFrom('job')
    .select((eb) => ['queue', 'type', eb.ref('job.state').$castTo<JobState>().as('state')])
    .unionAll(db.selectFrom('failed_job').select(['queue', 'type', sql<JobState>`'failed'`.as('state')]))
    .unionAll(
      db
        .selectFrom('finished_job')
        .select((eb) => ['queue', 'type', eb.ref('finished_job.state').$castTo<JobState>().as('state')]),
    )
    .unionAll(
      db
        .selectFrom('archived_job')
        .select((eb) => ['queue', 'type', eb.ref('archived_job.state').$castTo<JobState>().as('state')]),
    )
  const rows = await db
    .selectFrom(all.as('each'))
    .select((eb) => ['queue', 'type', 'state', eb.fn.countAll<number>().as('count')])
    .groupBy(['queue', 'type', 'state'])
    .orderBy('queue')
    .orderBy('type')
    .orderBy('state')
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
