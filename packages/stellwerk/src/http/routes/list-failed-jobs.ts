import { z } from 'zod'
import { listFailed } from '../../operations/list-failed.ts'
import { assertRange } from '../assert-range.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { cursorField, idField, limitField, nameField, timeField } from '../query-fields.ts'
import { defineRoute } from '../route.ts'
import { failedJobListSchema } from '../schemas/failed-job.ts'
import { toFailedJob } from '../shapes/to-job.ts'
import { withoutUnset } from '../without-unset.ts'

/** GET /failed-jobs: a page of failed jobs. */
export const listFailedJobsRoute = defineRoute({
  method: 'GET',
  path: '/failed-jobs',
  permission: 'job:read',
  summary: 'Jobs that failed for good, newest id first, with what ended them',
  query: z.object({
    queue: nameField,
    type: nameField,
    fromId: idField,
    toId: idField,
    failedFrom: timeField,
    failedTo: timeField,
    cursor: cursorField,
    limit: limitField,
  }),
  response: failedJobListSchema,
  errors: ['CURSOR_INVALID'],
  handle: async (deps, { query: { cursor, limit = 50, ...asked } }) => {
    assertRange(['fromId', 'toId'], asked.fromId, asked.toId)
    assertRange(['failedFrom', 'failedTo'], asked.failedFrom, asked.failedTo)
    const scope = { list: 'failed-jobs', filter: asked }
    const beforeId = cursor === undefined ? undefined : readCursor(scope, cursor)
    const selection = withoutUnset(asked)
    const page = await listFailed(deps, { selection, limit, ...withoutUnset({ beforeId }) })
    return {
      jobs: page.jobs.map((job) => toFailedJob(job, deps.installationId)),
      total: page.total.count,
      totalIsCapped: page.total.isCapped,
      nextCursor: writeCursor(scope, page.nextBeforeId),
    }
  },
})
