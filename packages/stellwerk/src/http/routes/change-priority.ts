import { resolveJobId } from '../../operations/find-job.ts'
import { prioritizeJob } from '../../operations/prioritize-job.ts'
import { changedJob } from '../changed-job.ts'
import { defineRoute } from '../route.ts'
import { priorityChangeSchema } from '../schemas/act-on-jobs.ts'
import { jobSchema } from '../schemas/job.ts'
import { jobParams } from './job-params.ts'

/** PATCH /jobs/:id. */
export const changePriorityRoute = defineRoute({
  method: 'PATCH',
  path: '/jobs/:id',
  permission: 'job:prioritize',
  summary: 'Give a waiting job another priority',
  params: jobParams,
  body: priorityChangeSchema,
  response: jobSchema,
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_WAITING'],
  handle: async (deps, { params, body }) => {
    await prioritizeJob(deps, params.id, body.priority)
    return await changedJob(deps, await resolveJobId(deps, params.id))
  },
})
