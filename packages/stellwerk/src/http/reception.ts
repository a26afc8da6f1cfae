import type { ControlRoomOptions } from '../client/control-room-options.ts'
import type { Actor } from '../domain/actor.ts'
import type { Log } from '../std/log.ts'
import type { Store } from '../storage/store.ts'
import type { AssetLoader } from './assets.ts'
import type { Authenticate } from './authenticate.ts'
import type { Room } from './room.ts'
import type { Api } from './router.ts'
import type { HostCheck } from './security/host-check.ts'
import type { RateLimiter } from './security/rate-limiter.ts'
import type { Visit } from './visit.ts'

/** Everything that stands between a request and its answer. */
export interface Reception {
  readonly api: Api
  readonly room: Room
  readonly store: Store
  readonly log: Log
  readonly options: ControlRoomOptions
  readonly assets: AssetLoader
  readonly authenticate: Authenticate
  readonly rates: RateLimiter
  readonly isOurHost: HostCheck
  /** Set on every answer. */
  readonly headers: Readonly<Record<string, string>>
  readonly maxBodyBytes: number
}

/** A request whose sender is known, be it as nobody. */
export interface KnownVisit extends Visit {
  readonly path: string
  readonly actor: Actor
}
