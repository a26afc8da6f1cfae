import type { Migration } from './migration.ts'

/** Views over attempts and lines, by the names under which every store shows them. */
export const viewsOfTraces: Migration = {
  version: 4,
  name: 'views of lines and attempts',
  oldestProgram: 1,
  text: /* sql */ `
CREATE VIEW every_job_log AS SELECT job_id, claim_seq, attempt, chunk, lines FROM job_log;
CREATE VIEW every_job_attempt AS
  SELECT job_id, attempt, claim_seq, kind, error_class, message, stack, causes, host, station_id, worker_id, started_at, finished_at, run_ms,
         memory_bytes, memory_peak_bytes
    FROM job_attempt;
`,
}
