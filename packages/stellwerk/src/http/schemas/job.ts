import { z } from 'zod'
import { failureKinds } from '../../domain/job/failure.ts'
import { durationMsSchema, idSchema, jobStateSchema, timeSchema } from './scalars.ts'

/** A job as every list shows it. What is not known, or not yet, is null. */
export const jobSchema = z
  .object({
    id: idSchema,
    uuid: z.string(),
    type: z.string(),
    queue: z.string(),
    originQueue: z
      .string()
      .nullable()
      .meta({ description: 'Of a job in a dead-letter queue: the queue it came from, to which a retry returns it' }),
    state: jobStateSchema,
    priority: z.int().meta({ description: '-100 to 100, higher first' }),
    attempt: z.int().meta({ description: 'Attempts begun since the dispatch' }),
    triesBegun: z.int().meta({ description: 'Tries begun of the present budget; shown against `tries`, as 1/3' }),
    tries: z.int(),
    failures: z.int(),
    crashes: z.int(),
    createdAt: timeSchema,
    runAt: timeSchema.meta({ description: 'When it may start, or may start again' }),
    claimedAt: timeSchema.nullable(),
    startedAt: timeSchema.nullable(),
    finishedAt: timeSchema.nullable(),
    waitMs: durationMsSchema.nullable(),
    runMs: durationMsSchema.nullable(),
    memoryBytes: z.int().nullable(),
    memoryPeakBytes: z.int().nullable(),
    cpuMs: durationMsSchema.nullable(),
    stationId: z.string().nullable(),
    workerId: z.string().nullable(),
    parentId: idSchema.nullable(),
    runId: z.string().nullable(),
    batchId: z.string().nullable(),
    progress: z.number().nullable().meta({ description: '0 to 100' }),
    progressNote: z.string().nullable(),
    failureKind: z.enum(failureKinds).nullable(),
    errorClass: z.string().nullable(),
    errorMessage: z.string().nullable(),
    archivedAt: timeSchema.nullable().meta({ description: 'Kept until it is released, since then' }),
    archivedBy: z.string().nullable(),
  })
  .meta({ id: 'Job' })

/** A job as every list shows it. */
export type Job = z.infer<typeof jobSchema>
