import type { JobRegistry } from '../../client/job-registry.ts'
import { shownPayload } from '../../client/shown-payload.ts'
import { type Actor, hasPermission } from '../../domain/actor.ts'
import type { AttemptRecord } from '../../domain/job/job-record.ts'
import { actionPermissions, type JobAction, possibleActions } from '../../domain/job/possible-actions.ts'
import type { VisibleJob } from '../../operations/find-job.ts'
import type { Attempt, JobDetail } from '../schemas/job-detail.ts'
import { toIso, toIsoOrNull, toJob } from './to-job.ts'

/** What the page of a job is made of. */
export interface DetailParts {
  readonly job: VisibleJob
  readonly attempts: readonly AttemptRecord[]
  readonly actor: Actor
  /** Types with a `redact` of their own. */
  readonly registry: Pick<JobRegistry, 'find'>
  readonly installationId: string
}

/** The whole of one job as the interface shows it to this actor, secrets taken out. */
export function toJobDetail({ job, attempts, actor, registry, installationId }: DetailParts): JobDetail {
  const { payload, result } = shownPayload(registry, job)
  const payloadKept = job.payloadHidden || job.payload !== null
  return {
    ...toJob(job, installationId),
    payload,
    result,
    payloadHidden: job.payloadHidden,
    payloadKept,
    options: job.options === null ? null : (JSON.parse(job.options) as Record<string, unknown>),
    weight: job.weight,
    claimSeq: job.claimSeq,
    typeVersion: job.typeVersion,
    cancelRequested: job.cancelRequested,
    attempts: attempts.map(toAttempt),
    actions: possibleActions(job.state, payloadKept, job.archivedAt !== null).filter((action) => mayDo(actor, action)),
  }
}

function mayDo(actor: Actor, action: JobAction): boolean {
  return hasPermission(actor, actionPermissions[action])
}

function toAttempt(attempt: AttemptRecord): Attempt {
  const { jobId: _jobId, claimSeq: _claimSeq, causes, startedAt, finishedAt, ...rest } = attempt
  return {
    ...rest,
    causes: causes.map((cause) => ({ ...cause })),
    startedAt: toIsoOrNull(startedAt),
    finishedAt: toIso(finishedAt),
  }
}
