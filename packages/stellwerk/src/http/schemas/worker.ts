import { z } from 'zod'
import { workerAilments } from '../../domain/worker/worker-health.ts'
import { shownWorkerStatuses } from '../../domain/worker/worker-life.ts'
import { durationMsSchema, idSchema, timeSchema } from './scalars.ts'
import { stationSchema } from './station.ts'
import { workerOrderSchema } from './worker-order.ts'

/** lost: the lease of its station is over, nobody knows. The others are what the worker said last. */
export const workerStatusSchema = z.enum(shownWorkerStatuses)

const bytesSchema = z.number().min(0)
const ratioSchema = z.number().min(0).max(1).nullable().meta({ description: '0 to 1; null where nothing ended' })

/** A worker: one process of a pool; inline, the station itself. Figures of pace are of the last 5 minutes. */
export const workerSchema = z
  .object({
    id: z.string(),
    station: z.string().meta({ description: 'Id of its station' }),
    label: z.string().nullable().meta({ description: 'Of its station; several may have the same' }),
    host: z.string(),
    pool: z.string(),
    kind: z.enum(['process', 'inline']),
    pid: z.int(),
    status: workerStatusSchema,
    healthy: z.boolean(),
    ailments: z
      .array(z.object({ code: z.enum(workerAilments), detail: z.string() }))
      .meta({ description: 'Why it is not healthy' }),
    queues: z.array(z.string()).meta({ description: "['*'] = all" }),
    types: z.array(z.string()).nullable().meta({ description: 'null = whatever the station knows' }),
    concurrency: z.int(),
    startedAt: timeSchema,
    uptimeMs: durationMsSchema.meta({ description: 'Until now, or until its last heartbeat' }),
    restarts: z.int().meta({ description: 'Of its place in the pool' }),
    lastExit: z
      .object({ at: timeSchema, code: z.int().nullable(), signal: z.string().nullable(), reason: z.string() })
      .nullable()
      .meta({ description: 'How the one before it in its place ended' }),
    jobsDone: z.int(),
    jobsFailed: z.int(),
    running: z
      .array(
        z.object({
          id: idSchema,
          type: z.string(),
          queue: z.string().nullable(),
          startedAt: timeSchema,
          forMs: durationMsSchema,
        }),
      )
      .meta({
        description:
          'The first 20; none for who may not see jobs. queue: null where a station of an older version tells',
      }),
    runningCount: z.int(),
    memoryBytes: bytesSchema,
    memoryLimitBytes: bytesSchema.nullable(),
    memoryHistory: z.array(bytesSchema).meta({ description: 'Every 10 seconds, oldest first, at most 30' }),
    cpuPercent: z.number().min(0).meta({ description: 'Of one core' }),
    bytesIn: bytesSchema,
    bytesOut: bytesSchema,
    loopLagMs: durationMsSchema,
    throughputPerMinute: z.number(),
    meanRunMs: durationMsSchema.nullable(),
    errorRatio: ratioSchema,
    version: z.string(),
    beatAt: timeSchema,
    beatAgeMs: durationMsSchema,
  })
  .meta({ id: 'Worker' })

/** A worker. */
export type Worker = z.infer<typeof workerSchema>

/** A pool of a live station, as it says itself: how many workers it wants, and within which bounds it may be scaled. */
export const workerPoolSchema = z
  .object({
    id: z.string().meta({ description: 'station/pool' }),
    station: z.string(),
    pool: z.string(),
    kind: z.enum(['process', 'inline']),
    queues: z.array(z.string()),
    processes: z.int().meta({ description: 'Wanted now; 0 = stopped' }),
    min: z.int(),
    max: z.int(),
    paused: z.boolean().meta({ description: 'All of its workers are' }),
  })
  .meta({ id: 'WorkerPool' })

/** A pool of a live station. */
export type WorkerPool = z.infer<typeof workerPoolSchema>

/** All workers in figures (live stations alone, but for `lost` and `failed`). */
export const workerStatisticsSchema = z
  .object({
    total: z.int().meta({ description: 'Those that live' }),
    active: z.int(),
    idle: z.int(),
    starting: z.int(),
    paused: z.int(),
    draining: z.int(),
    failed: z.int(),
    lost: z.int(),
    healthy: z.int(),
    capacity: z.int().meta({ description: 'Jobs they run side by side' }),
    running: z.int(),
    jobsDone: z.int(),
    jobsFailed: z.int(),
    throughputPerMinute: z.number(),
    meanRunMs: durationMsSchema.nullable(),
    errorRatio: ratioSchema,
    memoryBytes: bytesSchema,
    cpuPercent: z.number().meta({ description: 'Added up; 100 = one core' }),
  })
  .meta({ id: 'WorkerStatistics' })

/** All workers in figures. */
export type WorkerStatistics = z.infer<typeof workerStatisticsSchema>

/** A station of workers. `sharesLabel`: another live one has the same label. */
export const workerStationSchema = stationSchema
  .pick({ id: true, host: true, pid: true, label: true, version: true, state: true, startedAt: true, processing: true })
  .extend({ sharesLabel: z.boolean() })
  .meta({ id: 'WorkerStation' })

/** Every worker on record with its pools and stations; those of dead stations for a day. */
export const workerListSchema = z
  .object({
    at: timeSchema,
    statistics: workerStatisticsSchema,
    stations: z.array(workerStationSchema),
    pools: z.array(workerPoolSchema),
    unfedQueues: z.array(z.string()).meta({ description: 'Named by live pools; no job of them is on record' }),
    workers: z.array(workerSchema).meta({ description: 'By host, pool and start' }),
    orders: z.array(workerOrderSchema).meta({ description: 'Pending ones, oldest first' }),
  })
  .meta({ id: 'WorkerList' })

/** Every worker on record. */
export type WorkerList = z.infer<typeof workerListSchema>

/** One worker, and what it was told of late. */
export const workerDetailSchema = workerSchema
  .extend({
    at: timeSchema,
    orders: z.array(workerOrderSchema).meta({ description: 'For it, its pool or its station; newest first' }),
  })
  .meta({ id: 'WorkerDetail' })

/** One worker, and what it was told of late. */
export type WorkerDetail = z.infer<typeof workerDetailSchema>
