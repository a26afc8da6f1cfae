import { z } from 'zod'
import { stationStates } from '../../domain/worker/station-state.ts'
import { durationMsSchema, timeSchema } from './scalars.ts'

/** A station. alive: its lease holds. lost: its lease ran out before it had stopped. stopped: it ended by itself. */
export const stationSchema = z
  .object({
    id: z.string(),
    host: z.string(),
    pid: z.int(),
    label: z.string().nullable(),
    version: z.string(),
    state: z.enum(stationStates),
    concurrency: z.int(),
    queues: z.array(z.string()).meta({ description: "['*'] = all" }),
    types: z.array(z.string()),
    startedAt: timeSchema,
    uptimeMs: durationMsSchema.meta({ description: 'Until now, or until it was last seen' }),
    leaseLeftMs: z.number().meta({ description: 'Negative once the lease has run out' }),
    processing: z.int(),
    lastSeenAt: timeSchema.meta({
      description: 'Until when it is known to have lived: now, the end of its lease, or its own stop',
    }),
  })
  .meta({ id: 'Station' })

/** A station. */
export type Station = z.infer<typeof stationSchema>

/** Every station on record, the newest first. */
export const stationListSchema = z
  .object({ at: timeSchema, stations: z.array(stationSchema) })
  .meta({ id: 'StationList' })

/** Every station on record, the newest first. */
export type StationList = z.infer<typeof stationListSchema>
