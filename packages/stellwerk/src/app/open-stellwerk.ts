import { userInfo } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { AnyJobDefinition } from '../client/job-definition.ts'
import { JobRegistry } from '../client/job-registry.ts'
import { Stellwerk } from '../client/stellwerk.ts'
import { trustedActor } from '../domain/actor.ts'
import type { WorkerHealthLimits } from '../domain/worker/worker-health.ts'
import { type Log, silentLog } from '../std/log.ts'
import type { Store } from '../storage/store.ts'
import { checkOpenOptions } from './check-open-options.ts'
import { openStore } from './open-store.ts'

/** The program of a worker process: the ending is that of this file, so that it works from source and from the build. */
const workerModule = fileURLToPath(
  new URL(`./worker-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)

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

/**
 * Opens a Stellwerk on a store. A process that only dispatches loads no engine.
 * @throws OPTION_INVALID, STORE_ADDRESS_INVALID, STORE_NOT_WRITABLE, STORE_UNREACHABLE, STORE_FOREIGN, STORE_CORRUPT, SCHEMA_TOO_NEW, SCHEMA_MISSING, JOB_TYPE_DUPLICATE
 */
export async function openStellwerk(options: StellwerkOptions = {}): Promise<Stellwerk> {
  checkOpenOptions(options)
  const log = options.log ?? silentLog
  const registry = new JobRegistry(options.jobs ?? [])
  const migrate = options.migrate ?? process.env['NODE_ENV'] !== 'production'
  const store = await openStore({
    address: options.store ?? 'sqlite:stellwerk.db',
    migrate,
    log,
    shareFile: options.shareFile ?? false,
    ...(options.schema !== undefined && { schema: options.schema }),
    ...(options.listen !== undefined && { listen: options.listen }),
  })
  return buildStellwerk(store, registry, options).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
}

async function buildStellwerk(store: Store, registry: JobRegistry, options: StellwerkOptions): Promise<Stellwerk> {
  const log = options.log ?? silentLog
  return new Stellwerk({
    store,
    registry,
    log,
    actor: trustedActor(options.actor?.kind ?? 'application', options.actor?.name ?? userInfo().username),
    installationId: await store.schema.installationId(),
    maxPayloadBytes: options.maxPayloadBytes ?? 262_144,
    ...(options.workerHealth && { workerHealth: options.workerHealth }),
    startStation: async (parts, dispatching, workOptions) => {
      if (workOptions.executor === 'process') {
        const { startProcessStation } = await import('../workers/start-process-station.ts')
        const place = { address: options.store ?? 'sqlite:stellwerk.db', schema: options.schema ?? null }
        return startProcessStation({ ...parts, ...dispatching, place, module: workerModule }, workOptions)
      }
      const { startStation } = await import('../engine/start-station.ts')
      return startStation({ ...parts, ...dispatching }, workOptions)
    },
    loadControlRoom: async (parts, dispatchAs, roomOptions) => {
      const { createControlRoom } = await import('../http/control-room.ts')
      return createControlRoom({ ...parts, dispatchAs }, roomOptions)
    },
  })
}
