import type { Migration } from './migration.ts'

const WHOLE_JOB = /* sql */ `
  type TEXT NOT NULL, queue TEXT NOT NULL, priority INTEGER NOT NULL, weight INTEGER NOT NULL, position INTEGER NOT NULL,
  in_batch INTEGER NOT NULL DEFAULT 0, payload TEXT NOT NULL, options TEXT, type_version INTEGER NOT NULL,
  run_at INTEGER NOT NULL, created_at INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0, exceptions INTEGER NOT NULL DEFAULT 0, crashes INTEGER NOT NULL DEFAULT 0,
  max_crashes INTEGER NOT NULL, claim_seq INTEGER NOT NULL DEFAULT 0, solo INTEGER NOT NULL DEFAULT 0,
  station_id TEXT, worker_id TEXT, claimed_at INTEGER, parent_id INTEGER, run_id TEXT, batch_id TEXT,
  progress REAL, progress_note TEXT`

const RUN = /* sql */ `
  started_at INTEGER, wait_ms REAL, run_ms REAL, cpu_ms REAL, memory_bytes INTEGER, memory_peak_bytes INTEGER`

/** The core: live, failed and finished jobs, attempts, logs, counters, minutes, receipts, stations. */
export const core: Migration = {
  version: 1,
  name: 'jobs, history, counters, stations',
  oldestProgram: 1,
  text: /* sql */ `
CREATE TABLE stellwerk_schema (
  one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, oldest_program INTEGER NOT NULL,
  installation_id TEXT NOT NULL, migrated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, ${WHOLE_JOB}) STRICT;
CREATE INDEX job_lane ON job (queue, type, in_batch, priority, position) WHERE state = 'pending';
CREATE INDEX job_due ON job (run_at) WHERE state IN ('scheduled', 'retrying');
CREATE INDEX job_holder ON job (station_id) WHERE state = 'processing';

CREATE TABLE failed_job (
  id INTEGER PRIMARY KEY, ${WHOLE_JOB}, failed_at INTEGER NOT NULL, ${RUN},
  kind TEXT NOT NULL, error_class TEXT NOT NULL, error_message TEXT NOT NULL, hook TEXT
) STRICT;
CREATE INDEX failed_job_at ON failed_job (failed_at);
CREATE INDEX failed_job_hook ON failed_job (type) WHERE hook = 'due';

CREATE TABLE finished_job (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, queue TEXT NOT NULL, state TEXT NOT NULL, priority INTEGER NOT NULL,
  attempt INTEGER NOT NULL, tries INTEGER NOT NULL, failures INTEGER NOT NULL, crashes INTEGER NOT NULL,
  claim_seq INTEGER NOT NULL, created_at INTEGER NOT NULL, run_at INTEGER NOT NULL, claimed_at INTEGER,
  finished_at INTEGER NOT NULL, ${RUN}, station_id TEXT, worker_id TEXT, parent_id INTEGER, run_id TEXT, batch_id TEXT,
  progress REAL, progress_note TEXT
) STRICT;
CREATE INDEX finished_job_at ON finished_job (finished_at);
CREATE INDEX finished_job_type ON finished_job (type, finished_at);
CREATE INDEX finished_job_run ON finished_job (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX finished_job_batch ON finished_job (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE finished_payload (
  id INTEGER PRIMARY KEY, finished_at INTEGER NOT NULL, payload TEXT NOT NULL, result TEXT, options TEXT,
  weight INTEGER NOT NULL, type_version INTEGER NOT NULL, max_crashes INTEGER NOT NULL
) STRICT;

CREATE TABLE job_attempt (
  job_id INTEGER NOT NULL, attempt INTEGER NOT NULL, claim_seq INTEGER NOT NULL, kind TEXT NOT NULL,
  error_class TEXT NOT NULL, message TEXT NOT NULL, stack TEXT, causes TEXT NOT NULL, host TEXT NOT NULL,
  station_id TEXT NOT NULL, worker_id TEXT, started_at INTEGER, finished_at INTEGER NOT NULL, run_ms REAL,
  memory_bytes INTEGER, memory_peak_bytes INTEGER, PRIMARY KEY (job_id, claim_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_log (
  job_id INTEGER NOT NULL, claim_seq INTEGER NOT NULL, attempt INTEGER NOT NULL, chunk INTEGER NOT NULL, lines TEXT NOT NULL,
  PRIMARY KEY (job_id, claim_seq, chunk)
) STRICT;

CREATE TABLE tally (
  queue TEXT NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (queue, type, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE minute_metric (
  minute INTEGER NOT NULL, station_id TEXT NOT NULL, queue TEXT NOT NULL, type TEXT NOT NULL, outcome TEXT NOT NULL,
  count INTEGER NOT NULL, wait_sum_ms REAL NOT NULL, wait_max_ms REAL NOT NULL, run_sum_ms REAL NOT NULL,
  run_max_ms REAL NOT NULL, cpu_sum_ms REAL NOT NULL, memory_max_bytes INTEGER NOT NULL, wait_sketch BLOB NOT NULL,
  run_sketch BLOB NOT NULL, PRIMARY KEY (minute, station_id, queue, type, outcome)
) STRICT;

CREATE TABLE dispatch_receipt (token TEXT PRIMARY KEY, at INTEGER NOT NULL, job_ids TEXT NOT NULL) STRICT;
CREATE INDEX dispatch_receipt_at ON dispatch_receipt (at);

CREATE TABLE station (
  id TEXT PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, label TEXT, version TEXT NOT NULL,
  concurrency INTEGER NOT NULL, types TEXT NOT NULL, queues TEXT NOT NULL, state TEXT NOT NULL,
  started_at INTEGER NOT NULL, alive_until INTEGER NOT NULL, died_at INTEGER
) STRICT;
`,
}
