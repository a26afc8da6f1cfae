import type { ArchiveStore } from '../archive-store.ts'
import { archiveJob } from './archive-job.ts'
import type { SqliteConnection } from './connection.ts'
import { releaseJob } from './release-job.ts'

/** The role of whoever keeps finished jobs beyond their retention, over one connection. */
export function createArchiveStore(connection: SqliteConnection): ArchiveStore {
  return {
    archive: (id, by) => connection.write(() => archiveJob(connection, id, by)),
    release: (id) => connection.write(() => releaseJob(connection, id)),
  }
}
