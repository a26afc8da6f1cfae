import type { PostgresStatements } from './postgres-database.ts'

/** Somebody whose snapshot keeps dead rows of this database from being cleaned up. */
export interface SnapshotHolder {
  readonly kind: 'session' | 'prepared' | 'slot' | 'feedback'
  /** Process id, or the name of the prepared transaction or of the slot. */
  readonly name: string
  /** Application name, or the owner. */
  readonly program: string
  /** What it does: state and what it waits for. */
  readonly state: string
  /** The oldest transaction that it may still look at. */
  readonly xmin: string
  /** How long it has held, ms; null where the server does not tell: of slots, of standbys, and of other roles' sessions without pg_read_all_stats. */
  readonly ageMs: number | null
  /** Transactions since then. */
  readonly transactions: number
  /** False: a slot that nobody reads. */
  readonly active: boolean
}

const ageOf = (at: string): string => `(extract(epoch FROM clock_timestamp() - ${at}) * 1000)::float8`

/** Snapshots of other databases hold nothing here, standbys and slots hold everywhere. Vacuum's own do not count, and it is no client; who may not see
 * others' kind knows them by their user. */
const HOLDERS = /* sql */ `
  SELECT 'session' AS kind, pid::text AS name, coalesce(application_name, '') AS program,
         concat_ws(', ', coalesce(state, 'state not shown'), 'waits for ' || wait_event) AS state,
         coalesce(backend_xmin, backend_xid)::text AS xmin, ${ageOf('coalesce(xact_start, query_start)')} AS "ageMs",
         greatest(age(backend_xmin), age(backend_xid)) AS transactions, true AS active
    FROM pg_stat_activity
   WHERE datname = current_database() AND (backend_type = 'client backend' OR backend_type IS NULL AND usesysid IS NOT NULL) AND pid <> pg_backend_pid()
     AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)
   UNION ALL
  SELECT 'feedback', pid::text, coalesce(application_name, ''), coalesce(client_addr::text, 'local'), backend_xmin::text, NULL, age(backend_xmin), true
    FROM pg_stat_activity WHERE backend_type = 'walsender' AND backend_xmin IS NOT NULL
   UNION ALL
  SELECT 'prepared', gid, owner, 'prepared', transaction::text, ${ageOf('prepared')}, age(transaction), true
    FROM pg_prepared_xacts WHERE database = current_database()
   UNION ALL
  SELECT 'slot', slot_name, coalesce(plugin, slot_type), CASE WHEN active THEN 'read' ELSE 'read by nobody' END, xmin::text, NULL, age(xmin), active
    FROM pg_replication_slots WHERE xmin IS NOT NULL`

/** Everybody who holds a snapshot now, in no particular order. @throws StellwerkError */
export function findSnapshotHolders(db: PostgresStatements): Promise<readonly SnapshotHolder[]> {
  return db.query<SnapshotHolder>(HOLDERS)
}
