import { jobDetails } from '../../operations/job-details.ts'
import { defineRoute } from '../route.ts'
import { jobDetailSchema } from '../schemas/job-detail.ts'
import { redactDetail } from '../shapes/redact-detail.ts'
import { toJobDetail } from '../shapes/to-job-detail.ts'
import { jobParams } from './job-params.ts'

/** GET /jobs/:id: the whole of one job. */
export const getJobRoute = defineRoute({
  method: 'GET',
  path: '/jobs/:id',
  permission: 'job:read',
  summary: 'One job with its payload, result, options and the attempts that did not succeed',
  params: jobParams,
  response: jobDetailSchema,
  errors: ['JOB_NOT_FOUND'],
  handle: async (deps, { params }) => {
    const { job, attempts } = await jobDetails(deps, params.id)
    return redactDetail(toJobDetail({ ...deps, job, attempts }), deps.room.redact)
  },
})
