import { z } from 'zod'
import { queueStatuses } from '../../domain/queue/queue-status.ts'
import { queuePauseSchema } from './pause.ts'
import { durationMsSchema, stateCountsSchema, timeSchema } from './scalars.ts'

/** idle: nothing waits. running: jobs run. waiting: jobs wait and a live station serves them. stuck: jobs wait and nobody serves them. */
export const queueStatusSchema = z.enum(queueStatuses)

/** What a queue is doing now. */
export type QueueStatus = z.infer<typeof queueStatusSchema>

/** A queue now, and its last hour. */
export const queueSchema = z
  .object({
    queue: z.string(),
    counts: stateCountsSchema,
    oldestWaitMs: durationMsSchema
      .nullable()
      .meta({ description: 'Of the longest waiting job; null where none waits' }),
    throughputPerMinute: z.number().meta({ description: 'Runs that ended, a minute, over the last 5 full minutes' }),
    failuresPerHour: z.int().meta({ description: 'Runs that failed in the last hour, retried ones included' }),
    failureRatio: z.number().nullable().meta({ description: '0 to 1, last 5 full minutes; null where nothing ended' }),
    averageWaitMs: durationMsSchema.nullable(),
    p95WaitMs: durationMsSchema.nullable(),
    p95RunMs: durationMsSchema.nullable(),
    stations: z.int().meta({ description: 'Live ones that serve it' }),
    unservedTypes: z.array(z.string()).meta({ description: 'Types with waiting jobs that no live station can run' }),
    status: queueStatusSchema,
    paused: queuePauseSchema.nullable().meta({ description: 'Nothing of it is claimed while it is paused' }),
    timeToDrainMs: durationMsSchema.nullable().meta({ description: 'null where the pace says nothing' }),
    sparkline: z.array(z.int()).length(60).meta({ description: 'Runs that ended, by minute, oldest first' }),
  })
  .meta({ id: 'Queue' })

/** A queue now, and its last hour. */
export type Queue = z.infer<typeof queueSchema>

/** Every queue that holds or held jobs, by name. */
export const queueListSchema = z.object({ at: timeSchema, queues: z.array(queueSchema) }).meta({ id: 'QueueList' })

/** Every queue that holds or held jobs, by name. */
export type QueueList = z.infer<typeof queueListSchema>
