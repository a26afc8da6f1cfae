import { actOnJobs } from '../../operations/act-on-jobs.ts'
import { defineRoute } from '../route.ts'
import { jobActionReportSchema, jobActionRequestSchema } from '../schemas/act-on-jobs.ts'

/** POST /jobs/actions: one action for many jobs. */
export const actOnJobsRoute = defineRoute({
  method: 'POST',
  path: '/jobs/actions',
  permission: ['job:retry', 'job:cancel', 'job:delete', 'job:prioritize', 'job:archive'],
  summary: 'Retry, cancel, delete, prioritize, archive or release many jobs, each as far as its state allows',
  body: jobActionRequestSchema,
  response: jobActionReportSchema,
  errors: [],
  handle: async (deps, { body: { action, ids, priority, dryRun = false } }) => {
    const { matched, changed, refused } = await actOnJobs(deps, { action, ids: ids.map(Number), priority, dryRun })
    return { matched, changed, refused: refused.map((job) => ({ ...job, id: String(job.id) })) }
  },
})
