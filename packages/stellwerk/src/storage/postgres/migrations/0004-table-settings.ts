/**
 * Tables whose rows leave again are vacuumed early, their TOAST tables too, before dead rows make every scan longer; a partitioned table holds no
 * rows, and its partitions are dropped whole.
 */
export function tableSettings(s: string): string {
  const vacuum = ['vacuum_scale_factor = 0.01', 'vacuum_threshold = 500', 'vacuum_cost_delay = 0']
  const own = vacuum.map((setting) => `autovacuum_${setting}`)
  const toast = vacuum.map((setting) => `toast.autovacuum_${setting}`)
  return `
    DO $settings$
    DECLARE
      name text;
    BEGIN
      FOR name IN SELECT relname FROM pg_class WHERE relnamespace = '${s}'::regnamespace AND relkind = 'r'
                     AND relname IN ('failed_job', 'job_attempt', 'job_log', 'dispatch_receipt', 'tally', 'tally_delta', 'station', 'minute_metric')
      LOOP
        EXECUTE format('ALTER TABLE ${s}.%I SET (${[...own, ...toast].join(', ')})', name);
      END LOOP;
    END $settings$`
}
