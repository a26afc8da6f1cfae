import { z } from 'zod'
import { prioritySchema } from './act-on-jobs.ts'
import { durationSchema, idSchema, timeSchema } from './scalars.ts'

/** What one dispatch overrides of its definition. */
export const dispatchOptionsSchema = z
  .strictObject({
    queue: z.string().min(1).max(200).optional(),
    priority: prioritySchema.optional(),
    weight: z.int().optional(),
    tries: z.int().optional(),
    timeout: durationSchema.optional(),
    failOnTimeout: z.boolean().optional(),
    maxExceptions: z.int().optional(),
    maxCrashes: z.int().optional(),
    backoff: z
      .union([
        durationSchema,
        z.array(durationSchema).min(1).max(100),
        z.strictObject({ base: durationSchema, max: durationSchema.optional() }),
      ])
      .optional(),
    delay: durationSchema.optional(),
    runAt: timeSchema.optional(),
    retryUntil: timeSchema.optional(),
    parent: idSchema.optional(),
    run: z.uuid().optional(),
  })
  .meta({ id: 'DispatchOptions' })

/** One job to dispatch. A type without a schema takes no payload. */
export const newJobSchema = z
  .strictObject({
    type: z.string().min(1).max(200),
    payload: z.unknown().optional(),
    options: dispatchOptionsSchema.optional(),
  })
  .meta({ id: 'NewJob' })

/** One job to dispatch. */
export type NewJobRequest = z.infer<typeof newJobSchema>

/** Many jobs to dispatch, all or none. */
export const newJobsSchema = z.strictObject({ jobs: z.array(newJobSchema).min(1).max(1_000) }).meta({ id: 'NewJobs' })

/** A job that is durable now. */
export const dispatchedJobSchema = z.object({ id: idSchema, uuid: z.string() }).meta({ id: 'DispatchedJob' })

/** A job that is durable now. */
export type DispatchedJobReference = z.infer<typeof dispatchedJobSchema>

/** Jobs that are durable now, in the order they were given. */
export const dispatchedJobsSchema = z.object({ jobs: z.array(dispatchedJobSchema) }).meta({ id: 'DispatchedJobs' })
