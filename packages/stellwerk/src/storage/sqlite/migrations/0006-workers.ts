import type { Migration } from './migration.ts'

/**
 * Workers and orders to them, pauses of queues, maintenance, and the wish that a running job end. Columns that an older program does not know have a default, and
 * such a program goes on beside it: it honours no pause, and no wish.
 */
export const workers: Migration = {
  version: 6,
  name: 'workers, orders, pauses',
  oldestProgram: 1,
  text: /* sql */ `
ALTER TABLE job ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0;
ALTER TABLE station ADD COLUMN pools TEXT;

CREATE TABLE worker (id TEXT PRIMARY KEY, station_id TEXT NOT NULL, beat_at INTEGER NOT NULL, report TEXT NOT NULL) STRICT;
CREATE INDEX worker_station ON worker (station_id);

CREATE TABLE station_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT, station_id TEXT NOT NULL, kind TEXT NOT NULL, pool TEXT, worker_id TEXT, processes INTEGER,
  job_id INTEGER, claim_seq INTEGER, by_kind TEXT NOT NULL, by_name TEXT NOT NULL, given_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  state TEXT NOT NULL, answered_at INTEGER, answer TEXT
) STRICT;
CREATE INDEX station_order_pending ON station_order (station_id, id) WHERE state = 'pending';

CREATE TABLE queue_setting (
  queue TEXT PRIMARY KEY, paused_at INTEGER, paused_by TEXT, paused_reason TEXT, paused_until INTEGER, description TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE maintenance (one INTEGER PRIMARY KEY CHECK (one = 1), since_at INTEGER NOT NULL, set_by TEXT NOT NULL, reason TEXT) STRICT;
`,
}
