import type { Migration } from './migration.ts'

const FIGURES = /* sql */ `
  queue TEXT NOT NULL, type TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL, wait_sum_ms REAL NOT NULL,
  wait_max_ms REAL NOT NULL, run_sum_ms REAL NOT NULL, run_max_ms REAL NOT NULL, cpu_sum_ms REAL NOT NULL,
  memory_max_bytes INTEGER NOT NULL, wait_sketch BLOB NOT NULL, run_sketch BLOB NOT NULL`

/** Hours and days of metrics, the mark of what is rolled, and how far payloads are pruned. An older program may go on beside it. */
export const history: Migration = {
  version: 2,
  name: 'hours, days, retention',
  oldestProgram: 1,
  text: /* sql */ `
ALTER TABLE minute_metric ADD COLUMN rolled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX minute_metric_unrolled ON minute_metric (minute) WHERE rolled <> 1;

CREATE TABLE hour_metric (
  hour INTEGER NOT NULL, rolled INTEGER NOT NULL DEFAULT 0, ${FIGURES}, PRIMARY KEY (hour, queue, type, outcome)
) STRICT;
CREATE INDEX hour_metric_unrolled ON hour_metric (hour) WHERE rolled <> 1;
CREATE TABLE day_metric (day INTEGER NOT NULL, ${FIGURES}, PRIMARY KEY (day, queue, type, outcome)) STRICT;

CREATE TABLE prune_mark (kind TEXT PRIMARY KEY, until INTEGER NOT NULL, id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`,
}
