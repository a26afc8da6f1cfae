import { defineRoute } from '../route.ts'
import { bulkOperationListSchema } from '../schemas/bulk-operation.ts'

/** GET /operations: bulk actions that go on in this server, or did of late. */
export const listOperationsRoute = defineRoute({
  method: 'GET',
  path: '/operations',
  permission: 'job:read',
  summary: 'Bulk actions that go on in this server, and the last ones that ended',
  response: bulkOperationListSchema,
  errors: [],
  handle: ({ actor, room }) => ({ operations: [...room.bulk.list(actor)] }),
})
