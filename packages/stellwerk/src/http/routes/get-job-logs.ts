import { jobDetails } from '../../operations/job-details.ts'
import { defineRoute } from '../route.ts'
import { jobLogsSchema } from '../schemas/job-log.ts'
import { toLogLine } from '../shapes/to-log-line.ts'
import { jobParams } from './job-params.ts'

/** Lines of one answer; those of an attempt are capped by size already. */
const mostLines = 5_000

/** GET /jobs/:id/logs: the lines of one job. */
export const getJobLogsRoute = defineRoute({
  method: 'GET',
  path: '/jobs/:id/logs',
  permission: 'job:read',
  summary: `The lines of one job in the order they were written, the newest ${mostLines.toLocaleString('en')}`,
  params: jobParams,
  response: jobLogsSchema,
  errors: ['JOB_NOT_FOUND'],
  handle: async (deps, { params }) => {
    const { lines } = await jobDetails(deps, params.id)
    const omitted = Math.max(0, lines.length - mostLines)
    return { lines: lines.slice(omitted).map(toLogLine), omitted }
  },
})
