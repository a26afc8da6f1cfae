/**
 * Step 7: lines, and attempts that were tried again, by the UTC day of their writing, so that they leave as partitions. What belongs to a job that is still kept when its
 * day goes is moved to `job_log` and `job_attempt`, where a program of an earlier step goes on writing; the views show both. Partitions are made at run time.
 */
export function tracesByDay(s: string): string {
  const log = 'job_id, claim_seq, attempt, chunk, lines'
  const attempt = `job_id, started_at, finished_at, run_ms, memory_bytes, memory_peak_bytes, claim_seq, attempt, kind, error_class, message, stack, causes,
    host, station_id, worker_id`
  return `
    CREATE TABLE ${s}.job_log_by_day (
      job_id bigint NOT NULL, day bigint NOT NULL, claim_seq integer NOT NULL, attempt integer NOT NULL, chunk integer NOT NULL, lines text NOT NULL,
      PRIMARY KEY (job_id, claim_seq, chunk, day)
    ) PARTITION BY RANGE (day);
    CREATE TABLE ${s}.job_attempt_by_day (
      job_id bigint NOT NULL, started_at bigint, finished_at bigint NOT NULL, run_ms bigint, memory_bytes bigint, memory_peak_bytes bigint,
      claim_seq integer NOT NULL, attempt integer NOT NULL, kind text NOT NULL, error_class text NOT NULL, message text NOT NULL, stack text,
      causes text NOT NULL, host text NOT NULL, station_id text NOT NULL, worker_id text,
      PRIMARY KEY (job_id, claim_seq, finished_at)
    ) PARTITION BY RANGE (finished_at);
    CREATE VIEW ${s}.every_job_log AS SELECT ${log} FROM ${s}.job_log UNION ALL SELECT ${log} FROM ${s}.job_log_by_day;
    CREATE VIEW ${s}.every_job_attempt AS SELECT ${attempt} FROM ${s}.job_attempt UNION ALL SELECT ${attempt} FROM ${s}.job_attempt_by_day`
}
