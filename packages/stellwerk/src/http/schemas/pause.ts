import { z } from 'zod'
import { durationMsSchema, timeSchema } from './scalars.ts'

/** Who paused a queue, why, since when, and until when; `until` null = until somebody resumes it. */
export const queuePauseSchema = z
  .object({ by: z.string(), reason: z.string().nullable(), since: timeSchema, until: timeSchema.nullable() })
  .meta({ id: 'QueuePause' })

/** A pause that was made. */
export const madePauseSchema = queuePauseSchema
  .extend({
    isKnown: z.boolean().meta({
      description: 'false: no job of the queue is on record, and no live station names it; the name may be mistyped',
    }),
  })
  .meta({ id: 'MadeQueuePause' })

/** A pause of a queue. */
export type QueuePause = z.infer<typeof queuePauseSchema>

const reasonTextSchema = z.string().max(500).meta({ description: 'For those who ask later' })

/** How a queue is paused. */
export const queuePauseRequestSchema = z
  .strictObject({
    reason: reasonTextSchema.optional(),
    forMs: durationMsSchema
      .min(1)
      .max(31_536_000_000)
      .optional()
      .meta({ description: 'It ends by itself after this; without it somebody has to resume the queue' }),
  })
  .meta({ id: 'QueuePauseRequest' })

/** Maintenance: nothing is claimed but by workers with `force`. null = it is off. */
export const maintenanceSchema = z
  .object({ by: z.string(), reason: z.string().nullable(), since: timeSchema })
  .meta({ id: 'Maintenance' })

/** Maintenance that is on. */
export type Maintenance = z.infer<typeof maintenanceSchema>

/** Whether maintenance is on. */
export const maintenanceStateSchema = z
  .object({ at: timeSchema, maintenance: maintenanceSchema.nullable() })
  .meta({ id: 'MaintenanceState' })

/** Whether maintenance is on. */
export type MaintenanceState = z.infer<typeof maintenanceStateSchema>

/** Maintenance on or off. */
export const maintenanceRequestSchema = z
  .strictObject({ on: z.boolean(), reason: reasonTextSchema.optional() })
  .meta({ id: 'MaintenanceRequest' })
