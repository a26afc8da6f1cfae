const vacuum = ['vacuum_scale_factor = 0.01', 'vacuum_threshold = 500', 'vacuum_cost_delay = 0']

/** Storage parameters of a table whose rows leave again, its TOAST table likewise. */
export const vacuumedEarly: string = ['autovacuum_', 'toast.autovacuum_']
  .flatMap((prefix) => vacuum.map((setting) => `${prefix}${setting}`))
  .join(', ')

/**
 * Tables whose rows leave again are vacuumed early, their TOAST tables too, before dead rows make every scan longer; a partitioned table holds no
 * rows, and its partitions are dropped whole.
 */
export function tableSettings(s: string): string {
  return `
    DO $settings$
    DECLARE
      name text;
    BEGIN
      FOR name IN SELECT relname FROM pg_class WHERE relnamespace = '${s}'::regnamespace AND relkind = 'r'
                     AND relname IN ('failed_job', 'job_attempt', 'job_log', 'dispatch_receipt', 'tally', 'tally_delta', 'station', 'minute_metric')
      LOOP
        EXECUTE format('ALTER TABLE ${s}.%I SET (${vacuumedEarly})', name);
      END LOOP;
    END $settings$`
}
