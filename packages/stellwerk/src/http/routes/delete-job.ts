import { forgetJob } from '../../operations/forget-job.ts'
import { defineRoute } from '../route.ts'
import { jobParams } from './job-params.ts'

/** DELETE /jobs/:id. */
export const deleteJobRoute = defineRoute({
  method: 'DELETE',
  path: '/jobs/:id',
  permission: 'job:delete',
  summary: 'Remove a job for good, with its attempts and lines; a waiting one is thereby cancelled',
  params: jobParams,
  response: null,
  errors: ['JOB_NOT_FOUND', 'JOB_PROCESSING'],
  handle: async (deps, { params }) => {
    await forgetJob(deps, params.id)
    return undefined
  },
})
