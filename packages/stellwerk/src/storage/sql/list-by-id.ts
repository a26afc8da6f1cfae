import type { JobSummary } from '../../domain/job/job-record.ts'
import { isAnyOf } from './any-of.ts'
import type { Kysely } from './kysely.ts'
import {
  archivedColumns,
  failedColumns,
  finishedColumns,
  liveColumns,
  type SummaryRow,
  toJobSummary,
} from './summary-columns.ts'
import type { Database } from './tables.ts'

/** The jobs of these ids that exist, in one statement so that one that moves is not missed; newest first. */
export async function listById(db: Kysely<Database>, ids: readonly number[]): Promise<readonly JobSummary[]> {
  const chosen = isAnyOf('id', ids)
  const rows: SummaryRow[] = await db
    .selectFrom('job')
    .select(liveColumns)
    .where(chosen)
    .unionAll(db.selectFrom('failed_job').select(failedColumns).where(chosen))
    .unionAll(db.selectFrom('finished_job').select(finishedColumns).where(chosen))
    .unionAll(db.selectFrom('archived_job').select(archivedColumns).where(chosen))
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toJobSummary)
}
