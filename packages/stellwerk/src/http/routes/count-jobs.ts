import { z } from 'zod'
import { countJobs } from '../../operations/count-jobs.ts'
import { nameField, nameListField } from '../query-fields.ts'
import { defineRoute } from '../route.ts'
import { jobCountsSchema } from '../schemas/job-list.ts'

/** GET /jobs/counts: jobs by state. */
export const countJobsRoute = defineRoute({
  method: 'GET',
  path: '/jobs/counts',
  permission: 'job:read',
  summary: 'How many jobs are in each state, from counters',
  query: z.object({ queue: nameField, type: nameListField }),
  response: jobCountsSchema,
  errors: [],
  handle: async (deps, { query: { queue, type } }) => ({ counts: await countJobs(deps, { queue, types: type }) }),
})
