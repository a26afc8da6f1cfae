import { StellwerkError } from '../domain/errors.ts'
import { idOf, parseJobRef } from '../domain/job/job-id.ts'
import type { JobRecord } from '../domain/job/job-record.ts'
import type { OperationDeps } from './operation-deps.ts'

/**
 * The id that `ref` names: a number, its text, or the job's uuid. Nothing is looked up but the installation.
 * @throws OPTION_INVALID for what is neither, JOB_NOT_FOUND for a uuid of another installation
 */
export async function resolveJobId(deps: OperationDeps, ref: number | string): Promise<number> {
  const parsed = parseJobRef(String(ref))
  if (parsed === null) {
    throw new StellwerkError(
      'OPTION_INVALID',
      `'${String(ref)}' is not a job id; give the number or the uuid that dispatch returned`,
    )
  }
  if ('id' in parsed) return parsed.id
  const id = idOf(await deps.store.schema.installationId(), parsed.uuid)
  if (id === null)
    throw new StellwerkError('JOB_NOT_FOUND', `no job has the uuid ${parsed.uuid}: it belongs to another installation`)
  return id
}

/** The whole record of one job. @throws JOB_NOT_FOUND */
export async function findJob(deps: OperationDeps, ref: number | string): Promise<JobRecord> {
  const id = await resolveJobId(deps, ref)
  const job = await deps.store.jobs.find(id)
  if (job === undefined) throw jobNotFound(id)
  return job
}

/** The error for an id that no table holds. */
export function jobNotFound(id: number): StellwerkError {
  return new StellwerkError(
    'JOB_NOT_FOUND',
    `there is no job ${id}: it never existed, or retention or a person removed it`,
  )
}
