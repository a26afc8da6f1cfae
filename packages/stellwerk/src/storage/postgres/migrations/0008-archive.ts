import { vacuumedEarly } from './0004-table-settings.ts'

/** Step 8: finished jobs that are kept until they are released, whole; payload and what came with it are null where retention had removed them before. */
export function archive(s: string): string {
  return `
    CREATE TABLE ${s}.archived_job (
      id bigint PRIMARY KEY, finished_at bigint NOT NULL, run_at bigint NOT NULL, created_at bigint NOT NULL, started_at bigint, claimed_at bigint,
      wait_ms bigint, run_ms bigint, cpu_ms bigint, memory_bytes bigint, memory_peak_bytes bigint, parent_id bigint, archived_at bigint NOT NULL,
      claim_seq integer NOT NULL, attempt integer NOT NULL, tries integer NOT NULL, failures integer NOT NULL, crashes integer NOT NULL,
      weight integer, type_version integer, max_crashes integer,
      priority smallint NOT NULL, progress smallint, state text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL, queue text COLLATE "C" NOT NULL, station_id text COLLATE "C", worker_id text, run_id text, batch_id text,
      progress_note text, options text, payload text, result text, archived_by text NOT NULL
    ) WITH (${vacuumedEarly})`
}
