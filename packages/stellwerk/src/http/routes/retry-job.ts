import { retryJob } from '../../operations/retry-job.ts'
import { changedJob } from '../changed-job.ts'
import { defineRoute } from '../route.ts'
import { jobSchema } from '../schemas/job.ts'
import { jobParams } from './job-params.ts'

/** POST /jobs/:id/retry. */
export const retryJobRoute = defineRoute({
  method: 'POST',
  path: '/jobs/:id/retry',
  permission: 'job:retry',
  summary: 'Put a failed, cancelled or completed job back onto its queue, with a fresh budget',
  params: jobParams,
  response: jobSchema,
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_RETRYABLE'],
  handle: async (deps, { params }) => await changedJob(deps, await retryJob(deps, params.id)),
})
