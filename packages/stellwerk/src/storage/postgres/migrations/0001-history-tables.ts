/** Failed jobs, and by day the completed and cancelled ones with their payloads; attempts, logs and figures. Partitions are made at run time. */
export function historyTables(s: string): string {
  return `
    CREATE TABLE ${s}.failed_job (
      id bigint NOT NULL, run_at bigint NOT NULL, created_at bigint NOT NULL, position bigint NOT NULL, claimed_at bigint, parent_id bigint,
      failed_at bigint NOT NULL, started_at bigint, wait_ms bigint, run_ms bigint, cpu_ms bigint, memory_bytes bigint, memory_peak_bytes bigint,
      claim_seq integer NOT NULL, attempt integer NOT NULL, tries integer NOT NULL, failures integer NOT NULL,
      exceptions integer NOT NULL, crashes integer NOT NULL, max_crashes integer NOT NULL, weight integer NOT NULL,
      type_version integer NOT NULL, priority smallint NOT NULL, progress smallint, in_batch boolean NOT NULL, solo boolean NOT NULL,
      type text COLLATE "C" NOT NULL, queue text COLLATE "C" NOT NULL, station_id text COLLATE "C", worker_id text, run_id text, batch_id text,
      kind text NOT NULL, error_class text NOT NULL, error_message text NOT NULL, hook text CHECK (hook IN ('due', 'taken')),
      progress_note text, options text, payload text NOT NULL,
      PRIMARY KEY (id)
    );
    CREATE INDEX failed_job_failed_at ON ${s}.failed_job (failed_at);
    CREATE INDEX failed_job_hook ON ${s}.failed_job (type) WHERE hook = 'due';

    CREATE TABLE ${s}.finished_job (
      id bigint NOT NULL, finished_at bigint NOT NULL, run_at bigint NOT NULL, created_at bigint NOT NULL, started_at bigint, claimed_at bigint,
      wait_ms bigint, run_ms bigint, cpu_ms bigint, memory_bytes bigint, memory_peak_bytes bigint, parent_id bigint,
      claim_seq integer NOT NULL, attempt integer NOT NULL, tries integer NOT NULL, failures integer NOT NULL, crashes integer NOT NULL,
      priority smallint NOT NULL, progress smallint, state text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL, queue text COLLATE "C" NOT NULL, station_id text COLLATE "C", worker_id text, run_id text, batch_id text,
      progress_note text,
      PRIMARY KEY (id, finished_at)
    ) PARTITION BY RANGE (finished_at);
    CREATE INDEX finished_job_finished_at ON ${s}.finished_job (finished_at);
    CREATE INDEX finished_job_type ON ${s}.finished_job (type, finished_at);
    CREATE INDEX finished_job_run ON ${s}.finished_job (run_id) WHERE run_id IS NOT NULL;
    CREATE INDEX finished_job_batch ON ${s}.finished_job (batch_id) WHERE batch_id IS NOT NULL;

    CREATE TABLE ${s}.finished_payload (
      id bigint NOT NULL, finished_at bigint NOT NULL, weight integer NOT NULL, type_version integer NOT NULL, max_crashes integer NOT NULL,
      options text, payload text NOT NULL, result text,
      PRIMARY KEY (id, finished_at)
    ) PARTITION BY RANGE (finished_at);

    CREATE TABLE ${s}.job_attempt (
      job_id bigint NOT NULL, started_at bigint, finished_at bigint NOT NULL, run_ms bigint, memory_bytes bigint, memory_peak_bytes bigint,
      claim_seq integer NOT NULL, attempt integer NOT NULL, kind text NOT NULL, error_class text NOT NULL, message text NOT NULL, stack text,
      causes text NOT NULL, host text NOT NULL, station_id text NOT NULL, worker_id text,
      PRIMARY KEY (job_id, claim_seq)
    );
    CREATE TABLE ${s}.job_log (
      job_id bigint NOT NULL, claim_seq integer NOT NULL, attempt integer NOT NULL, chunk integer NOT NULL, lines text NOT NULL,
      PRIMARY KEY (job_id, claim_seq, chunk)
    );
    CREATE TABLE ${s}.minute_metric (
      minute bigint NOT NULL, count bigint NOT NULL, wait_sum_ms bigint NOT NULL, wait_max_ms bigint NOT NULL, run_sum_ms bigint NOT NULL,
      run_max_ms bigint NOT NULL, cpu_sum_ms bigint NOT NULL, memory_max_bytes bigint NOT NULL,
      station_id text COLLATE "C" NOT NULL, queue text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL, outcome text COLLATE "C" NOT NULL,
      wait_sketch bytea NOT NULL, run_sketch bytea NOT NULL,
      PRIMARY KEY (minute, station_id, queue, type, outcome)
    ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);`
}
