import type { ArchiveResult, ArchiveStore } from '../archive-store.ts'
import { createArchiveJob } from './archive-job.ts'
import { explainRefusal } from './change-job.ts'
import type { PostgresDatabase } from './postgres-database.ts'
import { createReleaseJob } from './release-job.ts'

/** The role of whoever keeps finished jobs beyond their retention. */
export function createArchiveStore(db: PostgresDatabase): ArchiveStore {
  const archive = createArchiveJob(db)
  const release = createReleaseJob(db)
  return {
    archive: async (id, by) => ((await archive(id, by)) ? { changed: true } : await refusal(db, id, 'archive')),
    release: async (id) => ((await release(id)) ? { changed: true } : await refusal(db, id, 'release')),
  }
}

async function refusal(db: PostgresDatabase, id: number, verb: 'archive' | 'release'): Promise<ArchiveResult> {
  const found = await explainRefusal(db, db.schema, id)
  if (found.changed || found.reason === 'absent') return { changed: false, state: null, reason: 'absent' }
  if (verb === 'release') return { changed: false, state: found.state, reason: 'not_archived' }
  const rows = await db.query(`SELECT 1 FROM ${db.schema}.archived_job WHERE id = $1`, [id])
  return { changed: false, state: found.state, reason: rows.length > 0 ? 'archived' : 'state' }
}
