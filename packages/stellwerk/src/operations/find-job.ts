import { hasPermission, reachesQueue } from '../domain/actor.ts'
import { StellwerkError } from '../domain/errors.ts'
import { idOf, parseJobRef } from '../domain/job/job-id.ts'
import type { JobRecord } from '../domain/job/job-record.ts'
import type { OperationDeps } from './operation-deps.ts'
import { requirePermission, requireQueue } from './require-permission.ts'

/** A job as its reader may see it: with `payloadHidden`, payload and result are null whether or not there are any. */
export interface VisibleJob extends JobRecord {
  readonly payloadHidden: boolean
}

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

/** The whole record of one job; one on a queue out of the actor's reach is as good as absent. @throws PERMISSION_DENIED, JOB_NOT_FOUND */
export async function findJob(deps: OperationDeps, ref: number | string): Promise<VisibleJob> {
  requirePermission(deps, 'job:read')
  const job = await loadJob(deps, ref)
  if (!reachesQueue(deps.actor, job.queue)) throw jobNotFound(job.id)
  const payloadHidden = !hasPermission(deps.actor, 'payload:read')
  return payloadHidden ? { ...job, payload: null, result: null, payloadHidden } : { ...job, payloadHidden }
}

/** The record of a job that is about to be changed. The caller has checked the permission. @throws JOB_NOT_FOUND, PERMISSION_DENIED for one on a queue out of reach */
export async function findJobToChange(deps: OperationDeps, ref: number | string): Promise<JobRecord> {
  const job = await loadJob(deps, ref)
  requireQueue(deps, job.queue, `job ${job.id}`)
  return job
}

async function loadJob(deps: OperationDeps, ref: number | string): Promise<JobRecord> {
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
