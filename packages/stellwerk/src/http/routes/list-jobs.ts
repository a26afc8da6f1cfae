import { z } from 'zod'
import { searchJobs } from '../../operations/search-jobs.ts'
import { assertRange } from '../assert-range.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import {
  booleanField,
  cursorField,
  limitField,
  nameField,
  nameListField,
  stateListField,
  timeField,
} from '../query-fields.ts'
import { defineRoute } from '../route.ts'
import { jobListSchema } from '../schemas/job-list.ts'
import { toJob } from '../shapes/to-job.ts'
import { withoutUnset } from '../without-unset.ts'

const query = z.object({
  state: stateListField,
  queue: nameField,
  type: nameListField,
  createdFrom: timeField,
  createdTo: timeField,
  archived: booleanField.meta({ description: 'true: only archived jobs; false: only others' }),
  q: z.string().trim().min(1).max(200).optional().meta({
    description: 'An id or uuid, or a text that is part of the type, the queue or the error',
  }),
  cursor: cursorField,
  limit: limitField,
})

/** GET /jobs: a page of jobs, newest first. */
export const listJobsRoute = defineRoute({
  method: 'GET',
  path: '/jobs',
  permission: 'job:read',
  summary: 'Jobs, newest first',
  query,
  response: jobListSchema,
  errors: ['CURSOR_INVALID'],
  handle: async (deps, { query: { cursor, limit = 50, ...asked } }) => {
    assertRange(['createdFrom', 'createdTo'], asked.createdFrom, asked.createdTo)
    const scope = { list: 'jobs', filter: asked }
    const beforeId = cursor === undefined ? undefined : readCursor(scope, cursor)
    const { state, type, q, ...rest } = asked
    const filter = { limit, ...withoutUnset({ ...rest, states: state, types: type, beforeId }) }
    const page = await searchJobs(deps, filter, q)
    return {
      jobs: page.jobs.map((job) => toJob(job, deps.installationId)),
      nextCursor: writeCursor(scope, page.nextBeforeId),
      meta: { scanned: page.scanned },
    }
  },
})
