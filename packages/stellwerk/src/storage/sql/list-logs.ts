import type { LogChunk } from '../job-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Log chunks of one job in (claimSeq, chunk) order. */
export async function listLogs(db: Kysely<Database>, jobId: number): Promise<readonly LogChunk[]> {
  return await db
    .selectFrom('job_log')
    .select(['claim_seq as claimSeq', 'attempt', 'chunk', 'lines'])
    .where('job_id', '=', jobId)
    .orderBy('claim_seq')
    .orderBy('chunk')
    .execute()
}
