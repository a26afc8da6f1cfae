import { vacuumedEarly } from './0004-table-settings.ts'

const figures = `
  count bigint NOT NULL, wait_sum_ms bigint NOT NULL, wait_max_ms bigint NOT NULL, run_sum_ms bigint NOT NULL, run_max_ms bigint NOT NULL,
  cpu_sum_ms bigint NOT NULL, memory_max_bytes bigint NOT NULL,
  queue text COLLATE "C" NOT NULL, type text COLLATE "C" NOT NULL, outcome text COLLATE "C" NOT NULL, wait_sketch bytea NOT NULL, run_sketch bytea NOT NULL`

/**
 * Step 5: hours and days of metrics, and the mark of what is rolled. The mark changes once in a minute row's life, so that the flushes before stay updates
 * within the page. An older program may go on beside it.
 */
export function history(s: string): string {
  return `
    ALTER TABLE ${s}.minute_metric ADD COLUMN rolled smallint NOT NULL DEFAULT 0;
    CREATE INDEX minute_metric_unrolled ON ${s}.minute_metric (minute) WHERE rolled <> 1;
    CREATE TABLE ${s}.hour_metric (
      hour bigint NOT NULL, rolled smallint NOT NULL DEFAULT 0, ${figures}, PRIMARY KEY (hour, queue, type, outcome)
    ) WITH (fillfactor = 50, ${vacuumedEarly});
    CREATE INDEX hour_metric_unrolled ON ${s}.hour_metric (hour) WHERE rolled <> 1;
    CREATE TABLE ${s}.day_metric (day bigint NOT NULL, ${figures}, PRIMARY KEY (day, queue, type, outcome)) WITH (fillfactor = 50, ${vacuumedEarly});`
}
