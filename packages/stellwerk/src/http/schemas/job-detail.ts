import { z } from 'zod'
import { failureKinds } from '../../domain/job/failure.ts'
import { jobActions } from '../../domain/job/possible-actions.ts'
import { jobSchema } from './job.ts'
import { durationMsSchema, timeSchema } from './scalars.ts'

/** One of retry, cancel, delete, prioritize, archive, release. */
export const jobActionSchema = z.enum(jobActions)

/** One of retry, cancel, delete, prioritize, archive, release. */
export type JobAction = z.infer<typeof jobActionSchema>

/** One attempt that did not succeed. */
export const attemptSchema = z
  .object({
    attempt: z.int(),
    kind: z.enum(failureKinds),
    errorClass: z.string(),
    message: z.string(),
    stack: z.string().nullable(),
    causes: z.array(z.object({ errorClass: z.string(), message: z.string() })),
    host: z.string(),
    stationId: z.string(),
    workerId: z.string().nullable(),
    startedAt: timeSchema.nullable(),
    finishedAt: timeSchema,
    runMs: durationMsSchema.nullable(),
    memoryBytes: z.int().nullable(),
    memoryPeakBytes: z.int().nullable(),
  })
  .meta({ id: 'Attempt' })

/** One attempt that did not succeed. */
export type Attempt = z.infer<typeof attemptSchema>

/** The whole of one job. */
export const jobDetailSchema = jobSchema
  .extend({
    payload: z.unknown().meta({ description: 'JSON; null where it is hidden or no longer kept' }),
    result: z.unknown().meta({ description: 'JSON of a completed job; null where it is hidden or no longer kept' }),
    payloadHidden: z.boolean().meta({ description: 'The caller may not read payload and result' }),
    payloadKept: z.boolean().meta({ description: 'false once retention has removed the payload' }),
    options: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What its dispatch overrode' }),
    weight: z.int(),
    claimSeq: z.int(),
    typeVersion: z.int(),
    cancelRequested: z.boolean().meta({ description: 'It runs, or ran, and somebody wants it cancelled' }),
    attempts: z.array(attemptSchema).meta({ description: 'Those that did not succeed, oldest first' }),
    actions: z.array(jobActionSchema).meta({ description: 'What this caller can do with it now' }),
  })
  .meta({ id: 'JobDetail' })

/** The whole of one job. */
export type JobDetail = z.infer<typeof jobDetailSchema>
