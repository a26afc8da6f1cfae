import { cancelJob } from '../../operations/cancel-job.ts'
import { changedJob } from '../changed-job.ts'
import { defineRoute } from '../route.ts'
import { jobSchema } from '../schemas/job.ts'
import { jobParams } from './job-params.ts'

/** POST /jobs/:id/cancel. */
export const cancelJobRoute = defineRoute({
  method: 'POST',
  path: '/jobs/:id/cancel',
  permission: 'job:cancel',
  summary: 'Cancel a waiting job, or tell the station of a running one to abort it; its state says which',
  params: jobParams,
  response: jobSchema,
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_WAITING'],
  handle: async (deps, { params }) => await changedJob(deps, (await cancelJob(deps, params.id)).id),
})
