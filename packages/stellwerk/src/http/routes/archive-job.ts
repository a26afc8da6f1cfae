import { archiveJob } from '../../operations/archive-job.ts'
import { changedJob } from '../changed-job.ts'
import { defineRoute } from '../route.ts'
import { jobSchema } from '../schemas/job.ts'
import { jobParams } from './job-params.ts'

/** POST /jobs/:id/archive. */
export const archiveJobRoute = defineRoute({
  method: 'POST',
  path: '/jobs/:id/archive',
  permission: 'job:archive',
  summary: 'Keep a completed or cancelled job, whole, until it is released',
  params: jobParams,
  response: jobSchema,
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_ARCHIVABLE'],
  handle: async (deps, { params }) => await changedJob(deps, await archiveJob(deps, params.id)),
})
