import type { FailedContext } from '../../client/job-context.ts'
import type { AnyJobDefinition } from '../../client/job-definition.ts'
import { validatePayload } from '../../client/validate-payload.ts'
import { uuidOf } from '../../domain/job/job-id.ts'
import type { TakenHook } from '../../storage/failed-job-store.ts'
import type { Store } from '../../storage/store.ts'
import type { HandlerHost } from '../handler-host.ts'
import { PeriodicService } from '../periodic-service.ts'

/** Hooks taken per pass. */
const batch = 50

/** Runs the `failed` hooks of jobs that failed for good: each is taken by a guarded statement first, so it runs once. A hook that throws is logged. */
export function createHookRunner(store: Pick<Store, 'failedJobs'>, host: HandlerHost): PeriodicService {
  return new PeriodicService({
    name: 'hook-runner',
    intervalMs: 2_000,
    log: host.log,
    pass: async (signal) => {
      const types = host.registry.runnable().map((definition) => definition.name)
      if (types.length === 0) return
      for (;;) {
        const hooks = await store.failedJobs.takeHooks(types, batch)
        await Promise.all(hooks.map((hook) => runHook(host, hook)))
        if (hooks.length < batch || signal.aborted) return
      }
    },
  })
}

async function runHook(host: HandlerHost, hook: TakenHook): Promise<void> {
  const definition = host.registry.find(hook.type)
  if (definition?.failed == null) return
  try {
    const payload = await readPayload(definition, hook)
    await Promise.resolve(definition.failed(payload, contextOf(host, hook)))
  } catch (error) {
    host.log.error('the failed hook threw', { job: hook.id, type: hook.type, error })
  }
}

function readPayload(definition: AnyJobDefinition, hook: TakenHook): unknown {
  const stored: unknown = JSON.parse(hook.payload)
  const payload = definition.schema === null ? undefined : stored
  const current =
    hook.typeVersion === definition.version || definition.upgrade === null
      ? payload
      : definition.upgrade(payload, hook.typeVersion)
  try {
    return validatePayload(definition, current)
  } catch {
    return current // It may have failed because its payload does not fit: the hook must run all the same.
  }
}

function contextOf({ installationId, log }: HandlerHost, hook: TakenHook): FailedContext {
  const { id, type, queue, priority, createdAt, runAt, parentId, runId, attempt, failure } = hook
  return {
    job: { id, uuid: uuidOf(installationId, id), type, queue, priority, createdAt, runAt, parentId, runId },
    attempt,
    failure,
    log: {
      log: (level, message, fields) => log[level](message, { job: id, ...fields }),
      debug: (message, fields) => log.debug(message, { job: id, ...fields }),
      info: (message, fields) => log.info(message, { job: id, ...fields }),
      warn: (message, fields) => log.warn(message, { job: id, ...fields }),
      error: (message, fields) => log.error(message, { job: id, ...fields }),
    },
  }
}
