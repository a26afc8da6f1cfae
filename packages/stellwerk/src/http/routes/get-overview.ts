import { readOverview } from '../../operations/read-overview.ts'
import { defineRoute } from '../route.ts'
import { overviewSchema } from '../schemas/overview.ts'
import { toOverview } from '../shapes/to-overview.ts'

/** GET /overview: the first page. */
export const getOverviewRoute = defineRoute({
  method: 'GET',
  path: '/overview',
  permission: 'queue:read',
  summary: 'The state of the whole: verdict, vital figures, queues by trouble, what runs longest, what failed last',
  response: overviewSchema,
  errors: [],
  topic: () => 'overview',
  handle: async (deps) => toOverview(await readOverview(deps, deps.overview), deps.installationId),
})
