import { readQueues } from '../../operations/list-queues.ts'
import { defineRoute } from '../route.ts'
import { queueListSchema } from '../schemas/queue.ts'
import { toIso } from '../shapes/to-job.ts'
import { toQueue } from '../shapes/to-queue.ts'

/** GET /queues: every queue, by name. */
export const listQueuesRoute = defineRoute({
  method: 'GET',
  path: '/queues',
  permission: 'queue:read',
  summary: 'Every queue that holds or held jobs, by name, with its last hour',
  response: queueListSchema,
  errors: [],
  topic: () => 'queues',
  handle: async (deps) => {
    const { now, queues } = await readQueues(deps, deps.overview.hour)
    return { at: toIso(now), queues: queues.map(toQueue) }
  },
})
