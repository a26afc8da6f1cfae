import { releaseJob } from '../../operations/release-job.ts'
import { defineRoute } from '../route.ts'
import { jobParams } from './job-params.ts'

/** POST /jobs/:id/release. */
export const releaseJobRoute = defineRoute({
  method: 'POST',
  path: '/jobs/:id/release',
  permission: 'job:archive',
  summary: 'Hand an archived job back to retention, from the time of its end on',
  params: jobParams,
  response: null,
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_ARCHIVED'],
  handle: async (deps, { params }) => {
    await releaseJob(deps, params.id)
    return undefined
  },
})
