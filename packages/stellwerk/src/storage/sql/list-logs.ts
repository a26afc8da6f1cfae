import type { LogChunk } from '../job-store.ts'
import type { Kysely } from './kysely.ts'
import type { Database } from './tables.ts'

/** Log chunks of one job in (claimSeq, chunk) order. One that a store was told twice, a day apart, is shown once. */
export async function listLogs(db: Kysely<Database>, jobId: number): Promise<readonly LogChunk[]> {
  const chunks = await db
    .selectFrom('every_job_log')
    .select(['claim_seq as claimSeq', 'attempt', 'chunk', 'lines'])
    .where('job_id', '=', jobId)
    .orderBy('claim_seq')
    .orderBy('chunk')
    .execute()
  return chunks.filter((each, index) => {
    const before = chunks[index - 1]
    return before?.claimSeq !== each.claimSeq || before.chunk !== each.chunk
  })
}
