/** Rows that change all the time: small, vacuumed early. */
const churning = `autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.01, toast.autovacuum_vacuum_threshold = 500,
  toast.autovacuum_vacuum_cost_delay = 0`

/** The same without a TOAST table of note. */
const churningSmall =
  'autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0'

/**
 * Live jobs, dispatch receipts, counters and stations. In `job` what is never null and of fixed size comes first: an update looks at every indexed
 * column, and finds one behind a null or a text only by walking the row. For the same reason its states are checked by types, not by a constraint.
 */
export function liveTables(s: string): string {
  return `
    CREATE SEQUENCE ${s}.job_id AS bigint MAXVALUE 9007199254740991;
    CREATE TABLE ${s}.job (
      id bigint NOT NULL, run_at bigint NOT NULL, created_at bigint NOT NULL, position bigint NOT NULL,
      lane bigint NOT NULL DEFAULT 0,
      claim_seq integer NOT NULL DEFAULT 0, attempt integer NOT NULL DEFAULT 0, tries integer NOT NULL, failures integer NOT NULL DEFAULT 0,
      exceptions integer NOT NULL DEFAULT 0, crashes integer NOT NULL DEFAULT 0, max_crashes integer NOT NULL, weight integer NOT NULL,
      type_version integer NOT NULL, priority smallint NOT NULL, in_batch boolean NOT NULL DEFAULT false, solo boolean NOT NULL DEFAULT false,
      queue text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL, state text COLLATE "C" NOT NULL, payload text NOT NULL,
      claimed_at bigint, parent_id bigint, progress smallint, station_id text COLLATE "C", worker_id text, run_id text, batch_id text,
      progress_note text, options text,
      PRIMARY KEY (id)
    ) WITH (fillfactor = 70, ${churning});
    CREATE INDEX job_due ON ${s}.job (run_at) WHERE state IN ('scheduled', 'retrying');

    CREATE TABLE ${s}.dispatch_receipt (token text PRIMARY KEY, at bigint NOT NULL, job_ids bigint[] NOT NULL) WITH (${churningSmall});
    ALTER TABLE ${s}.dispatch_receipt ALTER COLUMN job_ids SET STORAGE EXTERNAL;
    CREATE INDEX dispatch_receipt_at ON ${s}.dispatch_receipt (at);

    CREATE TABLE ${s}.tally (
      queue text COLLATE "C", type text COLLATE "C", state text COLLATE "C", count bigint NOT NULL, PRIMARY KEY (queue, type, state)
    ) WITH (fillfactor = 50, ${churningSmall});
    CREATE TABLE ${s}.tally_delta (
      delta bigint NOT NULL, queue text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL, state text COLLATE "C" NOT NULL
    ) WITH (${churningSmall});

    CREATE TABLE ${s}.station (
      id text COLLATE "C" PRIMARY KEY, host text NOT NULL, pid integer NOT NULL, label text, version text NOT NULL, concurrency integer NOT NULL,
      types text NOT NULL, queues text NOT NULL, state text NOT NULL CHECK (state IN ('alive', 'dead')),
      started_at bigint NOT NULL, alive_until bigint NOT NULL, died_at bigint
    ) WITH (fillfactor = 50, ${churningSmall});`
}
