import { z } from 'zod'
import { errorCodes } from '../../domain/errors.ts'
import { jobActionSchema } from './job-detail.ts'
import { idSchema } from './scalars.ts'

/** A priority: -100 to 100, or its name. */
export const prioritySchema = z.union([z.int().min(-100).max(100), z.enum(['low', 'normal', 'high', 'critical'])])

/** One action for many jobs. */
export const jobActionRequestSchema = z
  .strictObject({
    action: jobActionSchema,
    ids: z.array(idSchema).min(1).max(1_000),
    priority: prioritySchema.optional().meta({ description: 'For prioritize' }),
    dryRun: z.boolean().optional().meta({ description: 'Says what would be done, and does nothing' }),
  })
  .meta({ id: 'JobActionRequest' })

/** One action for many jobs. */
export type JobActionRequest = z.infer<typeof jobActionRequestSchema>

/** What became of it: `matched` jobs that exist, `changed` ones, and why the others were refused. */
export const jobActionReportSchema = z
  .object({
    matched: z.int(),
    changed: z.int(),
    refused: z.array(z.object({ id: idSchema, code: z.enum(errorCodes), detail: z.string() })),
  })
  .meta({ id: 'JobActionReport' })

/** What became of one action for many jobs. */
export type JobActionReport = z.infer<typeof jobActionReportSchema>

/** Another priority for one job. */
export const priorityChangeSchema = z.strictObject({ priority: prioritySchema }).meta({ id: 'PriorityChange' })
