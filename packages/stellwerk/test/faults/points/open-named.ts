import { openStore } from '../../../src/app/open-store.ts'
import type { AnyJobDefinition } from '../../../src/client/job-definition.ts'
import { JobRegistry } from '../../../src/client/job-registry.ts'
import { Stellwerk } from '../../../src/client/stellwerk.ts'
import { trustedActor } from '../../../src/domain/actor.ts'
import { startStation } from '../../../src/engine/start-station.ts'
import { silentLog } from '../../../src/std/log.ts'
import { asCall, namedStore } from './statement-points.ts'

/** What openStellwerk gives, on a store whose calls are known by their names. */
export async function openNamed(
  address: { readonly store: string; readonly schema?: string },
  jobs: readonly AnyJobDefinition[],
): Promise<Stellwerk> {
  const { store: at, ...schema } = address
  const store = await asCall('open', () => openStore({ address: at, ...schema, migrate: true, log: silentLog }))
  return new Stellwerk({
    store: namedStore(store),
    registry: new JobRegistry(jobs),
    log: silentLog,
    actor: trustedActor('application', 'fault'),
    installationId: await store.schema.installationId(),
    maxPayloadBytes: 262_144,
    loadControlRoom: () => Promise.reject(new Error('faults are watched without a control room')),
    startStation: (parts, dispatching, options) => startStation({ ...parts, ...dispatching }, options),
  })
}
