import { StellwerkError } from '../domain/errors.ts'
import { jobNotFound, resolveJobId } from './find-job.ts'
import type { OperationDeps } from './operation-deps.ts'

/** Puts a finished job back onto its queue with a fresh budget; ids and history stay. Returns its id. @throws JOB_NOT_FOUND, JOB_NOT_RETRYABLE */
export async function retryJob(deps: OperationDeps, ref: number | string): Promise<number> {
  const id = await resolveJobId(deps, ref)
  const result = await deps.store.jobs.retry(id)
  if (result.changed) return id
  if (result.reason === 'absent') throw jobNotFound(id)
  if (result.reason === 'payload_gone') {
    throw new StellwerkError(
      'JOB_NOT_RETRYABLE',
      `job ${id} is ${String(result.state)} and its payload is no longer kept; dispatch it anew`,
    )
  }
  throw new StellwerkError(
    'JOB_NOT_RETRYABLE',
    `job ${id} is ${String(result.state)}; only a failed, cancelled or completed job can be retried`,
  )
}
