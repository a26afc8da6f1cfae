import type { AnyJobDefinition } from '../client/job-definition.ts'
import type { WorkerHealthLimits } from '../domain/worker/worker-health.ts'
import type { Log } from '../std/log.ts'

/** What openStellwerk takes. */
export interface StellwerkOptions {
  /** `sqlite:<path>` or `postgres://…`; default `sqlite:stellwerk.db`. */
  readonly store?: string
  /** PostgreSQL schema, default `stellwerk`. */
  readonly schema?: string
  /** PostgreSQL: false = polling alone; an address = LISTEN there, past a transaction-mode pooler. Default true. */
  readonly listen?: boolean | string
  readonly jobs?: readonly AnyJobDefinition[]
  /** Creates or upgrades the schema on opening. Default: outside production. */
  readonly migrate?: boolean
  /** The SQLite file may hold tables of your application already; Stellwerk adds its own to them. Needed once, when the schema is made. */
  readonly shareFile?: boolean
  /** Bytes of a payload's JSON, default 256 KiB, at most 1 MiB. */
  readonly maxPayloadBytes?: number
  /** Where the engine writes: `(message, fields)` per level; silent by default. For pino swap the two arguments. */
  readonly log?: Log
  /** From when on a worker is not healthy: age of its last heartbeat in ms, default 2 minutes, and percent of a core, default 95. */
  readonly workerHealth?: WorkerHealthLimits
  /** Who acts through this object, for the audit log; default the operating-system user. May do everything. */
  readonly actor?: { readonly kind: 'application' | 'cli'; readonly name: string }
}
