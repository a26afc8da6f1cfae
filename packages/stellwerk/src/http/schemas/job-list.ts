import { z } from 'zod'
import { jobSchema } from './job.ts'
import { stateCountsSchema } from './scalars.ts'

/** Goes on with the next page; null behind the last one. */
export const nextCursorSchema = z.string().nullable().meta({ description: 'For the next page; null behind the last' })

/** A page of jobs, newest first. `scanned`: the bound of rows of each table it looked through, null where an index served it. */
export const jobListSchema = z
  .object({
    jobs: z.array(jobSchema),
    nextCursor: nextCursorSchema,
    meta: z.object({ scanned: z.int().nullable() }),
  })
  .meta({ id: 'JobList' })

/** A page of jobs, newest first. */
export type JobList = z.infer<typeof jobListSchema>

/** How many jobs are in each state, from counters. */
export const jobCountsSchema = z.object({ counts: stateCountsSchema }).meta({ id: 'JobCounts' })

/** How many jobs are in each state, from counters. */
export type JobCounts = z.infer<typeof jobCountsSchema>
