import { z } from 'zod'
import { StellwerkError } from '../../domain/errors.ts'
import { listQueues } from '../../operations/list-queues.ts'
import { didYouMean } from '../../std/did-you-mean.ts'
import { defineRoute } from '../route.ts'
import { queueSchema } from '../schemas/queue.ts'
import { toQueue } from '../shapes/to-queue.ts'

/** GET /queues/:queue: one queue. */
export const getQueueRoute = defineRoute({
  method: 'GET',
  path: '/queues/:queue',
  permission: 'queue:read',
  summary: 'One queue, with its last hour',
  params: z.object({ queue: z.string().min(1).max(200).meta({ description: 'Name of the queue' }) }),
  response: queueSchema,
  errors: ['QUEUE_NOT_FOUND'],
  handle: async (deps, { params }) => {
    const queues = await listQueues(deps, deps.overview.hour)
    const found = queues.find(({ queue }) => queue === params.queue)
    if (found !== undefined) return toQueue(found)
    const names = queues.map(({ queue }) => queue)
    throw new StellwerkError(
      'QUEUE_NOT_FOUND',
      `no queue '${params.queue}' holds or held a job${didYouMean(params.queue, names)}`,
    )
  },
})
