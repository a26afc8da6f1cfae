import type { FailedContext } from '../../client/job-context.ts'
import type { AnyJobDefinition } from '../../client/job-definition.ts'
import { validatePayload } from '../../client/validate-payload.ts'
import { uuidOf } from '../../domain/job/job-id.ts'
import type { TakenHook } from '../../storage/failed-job-store.ts'
import type { HandlerHost } from '../handler-host.ts'

/** Runs the `failed` hook of a job in this process, where its type has one. A hook that throws is logged; never rejects. */
export async function runHook(host: HandlerHost, hook: TakenHook): Promise<void> {
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
