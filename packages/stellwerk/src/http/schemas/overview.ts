import { z } from 'zod'
import { failedJobSchema } from './failed-job.ts'
import { jobSchema } from './job.ts'
import { maintenanceSchema } from './pause.ts'
import { queueSchema } from './queue.ts'
import { durationMsSchema, stateCountsSchema, timeSchema } from './scalars.ts'
import { verdictSchema } from './verdict.ts'

/** A job in a handler, and for how long its station has had it. */
export const runningJobSchema = jobSchema.extend({ forMs: durationMsSchema }).meta({ id: 'RunningJob' })

/** A job in a handler, and for how long its station has had it. */
export type RunningJob = z.infer<typeof runningJobSchema>

/** The vital figures of now and of the last 5 full minutes. */
export const vitalsSchema = z
  .object({
    oldestWaitMs: durationMsSchema.nullable(),
    throughputPerMinute: z.number(),
    failureRatio: z.number().nullable().meta({ description: '0 to 1; null where nothing ended' }),
    stationsAlive: z.int(),
    stationsLost: z.int(),
    capacity: z.int().meta({ description: 'Jobs that live stations run side by side' }),
    processing: z.int(),
  })
  .meta({ id: 'Vitals' })

/** The vital figures. */
export type Vitals = z.infer<typeof vitalsSchema>

/** The last 60 minutes, oldest first. */
export const sparklinesSchema = z
  .object({
    ended: z.array(z.int()).length(60),
    failed: z.array(z.int()).length(60),
    waitP95Ms: z.array(durationMsSchema).length(60).meta({ description: '0 where nothing ended' }),
  })
  .meta({ id: 'Sparklines' })

/** The last 60 minutes, oldest first. */
export type Sparklines = z.infer<typeof sparklinesSchema>

/** The first page: the state of the whole, its figures, queues by trouble, what runs longest, what failed last. */
export const overviewSchema = z
  .object({
    at: timeSchema,
    verdict: verdictSchema,
    maintenance: maintenanceSchema.nullable(),
    vitals: vitalsSchema,
    sparklines: sparklinesSchema,
    counts: stateCountsSchema,
    queues: z.array(queueSchema).meta({ description: 'Worst first' }),
    running: z.array(runningJobSchema).meta({ description: 'The 10 longest, longest first' }),
    failures: z.array(failedJobSchema).meta({ description: 'The newest 5' }),
  })
  .meta({ id: 'Overview' })

/** The first page. */
export type Overview = z.infer<typeof overviewSchema>
