import { z } from 'zod'
import { failureKinds } from '../../domain/job/failure.ts'
import { jobSchema } from './job.ts'
import { nextCursorSchema } from './job-list.ts'
import { timeSchema } from './scalars.ts'

/** A job that failed for good, and what ended it. */
export const failedJobSchema = jobSchema
  .extend({
    failure: z.object({
      kind: z.enum(failureKinds),
      errorClass: z.string(),
      message: z.string(),
      attempt: z.int(),
      failedAt: timeSchema,
    }),
  })
  .meta({ id: 'FailedJob' })

/** A job that failed for good, and what ended it. */
export type FailedJob = z.infer<typeof failedJobSchema>

/** A page of failed jobs, newest id first. `total` counts the whole list, up to 10,001: `totalIsCapped` says that there are more. */
export const failedJobListSchema = z
  .object({
    jobs: z.array(failedJobSchema),
    total: z.int(),
    totalIsCapped: z.boolean(),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'FailedJobList' })

/** A page of failed jobs, newest id first. */
export type FailedJobList = z.infer<typeof failedJobListSchema>
