import { historyTables } from './0001-history-tables.ts'
import { liveTables } from './0001-live-tables.ts'

/** Step 1: everything the core needs. `s` is the quoted schema. */
export function core(s: string): string {
  return `
    CREATE FUNCTION ${s}.now_ms() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
      AS $$ SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;
    ${liveTables(s)}
    ${historyTables(s)}`
}
