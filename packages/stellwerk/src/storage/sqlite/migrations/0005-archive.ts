import type { Migration } from './migration.ts'

/** Finished jobs that are kept until they are released, whole; payload and what came with it are null where retention had removed them before. */
export const archive: Migration = {
  version: 5,
  name: 'archived jobs',
  oldestProgram: 1,
  text: /* sql */ `
CREATE TABLE archived_job (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, queue TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL,
  attempt INTEGER NOT NULL, tries INTEGER NOT NULL, failures INTEGER NOT NULL, crashes INTEGER NOT NULL,
  claim_seq INTEGER NOT NULL, created_at INTEGER NOT NULL, run_at INTEGER NOT NULL, claimed_at INTEGER, finished_at INTEGER NOT NULL,
  started_at INTEGER, wait_ms REAL, run_ms REAL, cpu_ms REAL, memory_bytes INTEGER, memory_peak_bytes INTEGER,
  station_id TEXT, worker_id TEXT, parent_id INTEGER, run_id TEXT, batch_id TEXT, progress REAL, progress_note TEXT,
  payload TEXT, result TEXT, options TEXT, weight INTEGER, type_version INTEGER, max_crashes INTEGER,
  archived_at INTEGER NOT NULL, archived_by TEXT NOT NULL
) STRICT;
`,
}
