import { userInfo } from 'node:os'
import { fileURLToPath } from 'node:url'
import { JobRegistry } from '../client/job-registry.ts'
import { Stellwerk } from '../client/stellwerk.ts'
import { trustedActor } from '../domain/actor.ts'
import { silentLog } from '../std/log.ts'
import type { Store } from '../storage/store.ts'
import { checkOpenOptions } from './check-open-options.ts'
import { openStore } from './open-store.ts'
import type { StellwerkOptions } from './stellwerk-options.ts'

/** The program of a worker process: the ending is that of this file, so that it works from source and from the build. */
const workerModule = fileURLToPath(
  new URL(`./worker-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)

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
