import { z } from 'zod'
import { pauseQueue } from '../../operations/pause-queue.ts'
import { resumeQueue } from '../../operations/resume-queue.ts'
import { defineRoute } from '../route.ts'
import { madePauseSchema, queuePauseRequestSchema } from '../schemas/pause.ts'
import { toMadePause } from '../shapes/to-queue.ts'

const params = z.object({ queue: z.string().min(1).max(200).meta({ description: 'Name of the queue' }) })

/** POST /queues/:queue/pause. */
export const pauseQueueRoute = defineRoute({
  method: 'POST',
  path: '/queues/:queue/pause',
  permission: 'queue:pause',
  summary: 'Keep jobs of a queue from being claimed, for a while or until it is resumed',
  params,
  body: queuePauseRequestSchema,
  response: madePauseSchema,
  errors: ['OPTION_INVALID'],
  handle: async (deps, { params: { queue }, body: { reason = null, forMs = null } }) =>
    toMadePause(await pauseQueue(deps, { queue, reason, forMs })),
})

/** POST /queues/:queue/resume. */
export const resumeQueueRoute = defineRoute({
  method: 'POST',
  path: '/queues/:queue/resume',
  permission: 'queue:pause',
  summary: 'Let jobs of a queue be claimed again',
  params,
  response: z.object({ resumed: z.boolean().meta({ description: 'false: it was not paused' }) }),
  errors: ['OPTION_INVALID'],
  handle: async (deps, { params: { queue } }) => ({ resumed: await resumeQueue(deps, queue) }),
})
