import type { ControlRoom, ControlRoomOptions } from '../client/control-room-options.ts'
import type { JobRegistry } from '../client/job-registry.ts'
import type { DispatchAs } from '../client/stellwerk-parts.ts'
import type { Actor } from '../domain/actor.ts'
import type { WorkerHealthLimits } from '../domain/worker/worker-health.ts'
import { createLoginLink } from '../operations/create-login-link.ts'
import { OverviewMemory } from '../operations/overview-memory.ts'
import { parseDuration } from '../std/duration.ts'
import type { Log } from '../std/log.ts'
import { productVersion } from '../std/product-version.ts'
import type { Store } from '../storage/store.ts'
import { answerVisit } from './answer-visit.ts'
import { type AssetLoader, createAssetLoader } from './assets.ts'
import { createAuthenticate } from './authenticate.ts'
import { createNodeListener } from './node-listener.ts'
import { defaultBodyBytes } from './read-body.ts'
import type { Reception } from './reception.ts'
import { createRoom } from './room.ts'
import { createApi } from './router.ts'
import { createHostCheck } from './security/host-check.ts'
import { RateLimiter } from './security/rate-limiter.ts'
import { securityHeaders } from './security/security-headers.ts'
import { viewKey } from './view-key.ts'
import { type Arrival, readVisit } from './visit.ts'

/** What a control room works on. */
export interface ControlRoomParts {
  readonly store: Store
  readonly registry: JobRegistry
  readonly log: Log
  readonly installationId: string
  readonly dispatchAs: DispatchAs
  /** The built pages; those of the package where nothing is said. */
  readonly assets?: AssetLoader
  /** Whose the process is: login links are made in this name. */
  readonly actor: Actor
  /** From when on a worker is not healthy, where something is said. */
  readonly workerHealth?: WorkerHealthLimits
}

const defaultRate = { perSecond: 100, burst: 200 }

/** The control room over one store. @throws CONFIG_INVALID for options that cannot be right */
export function createControlRoom(parts: ControlRoomParts, options: ControlRoomOptions): ControlRoom {
  const { store, log, installationId } = parts
  const room = createRoom({ installationId, log, options })
  const { samples } = room
  const api = createApi({
    store,
    log,
    registry: parts.registry,
    dispatchAs: parts.dispatchAs,
    installationId,
    version: productVersion,
    overview: new OverviewMemory({ snapshotAgeMs: parseDuration(options.snapshotAlarm ?? 45_000, 'ms') }),
    room,
    ...(parts.workerHealth && { workerHealth: parts.workerHealth }),
    snapshots: {
      read: async (topic, { actor }, sample) => (await samples.read(viewKey(topic, actor), sample)).value,
    },
  })
  const reception: Reception = {
    api,
    room,
    store,
    log,
    options,
    assets: parts.assets ?? createAssetLoader(),
    authenticate: createAuthenticate({ store, log, options, cookieName: room.cookieName }),
    rates: new RateLimiter(options.rateLimits?.requests ?? defaultRate),
    isOurHost: createHostCheck(options),
    headers: securityHeaders(options),
    maxBodyBytes: defaultBodyBytes,
  }
  const answer = (request: Request, arrival: Arrival): Promise<Response> =>
    answerVisit(readVisit(request, arrival, options), reception)
  return {
    fetch: (request, context) => answer(request, arrivedByFetch(context?.clientAddress)),
    node: createNodeListener(answer),
    loginPath: async () => `/login?code=${await createLoginLink({ store, log, actor: parts.actor })}`,
    close: async () => {
      room.streams.close()
      await room.bulk.close()
    },
  }
}

function arrivedByFetch(clientAddress: unknown): Arrival {
  const socketAddress = typeof clientAddress === 'string' ? clientAddress : null
  return { socketAddress, isEncrypted: false, mountedAt: '', incoming: null }
}
