import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { topicViews } from '../stream/topic-views.ts'
import { actorKey } from '../view-key.ts'

const query = z.object({
  topics: z
    .string()
    .min(1)
    .max(4_000)
    .meta({
      description:
        'What to follow, apart by commas: overview, queues, stations, jobs?state=failed, failed-jobs?queue=mail, job:17; a filter is escaped',
      examples: ['overview,job%3A17'],
    }),
  since: z.string().max(100).optional().meta({ description: 'Taken and not needed: a stream begins with the whole' }),
})

/** GET /stream: changes as they happen, by server-sent events. */
export const openStreamRoute = defineRoute({
  method: 'GET',
  path: '/stream',
  permission: 'queue:read',
  summary: 'Changes as they happen: server-sent events, per topic the whole first, then what changed',
  query,
  response: z
    .string()
    .meta({ description: 'Events snapshot, patch, stale, gone, refused: see the schemas StreamEvents' }),
  contentType: 'text/event-stream',
  errors: ['RATE_LIMITED'],
  handle: async (deps, { query: { topics } }) => {
    const { views, refused } = await topicViews(topics, deps)
    const body = deps.room.streams.open({
      actorKey: actorKey(deps.actor),
      views,
      refused,
      isStillAllowed: deps.visit.isStillAllowed,
    })
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  },
})
