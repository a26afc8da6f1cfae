import { z } from 'zod'
import { givenNameSchema, idSchema, timeSchema } from './scalars.ts'

/** Which failed jobs: every field narrows. Without any, `all: true` has to say that all are meant. Ids inclusive, `failedTo` exclusive. */
export const failedSelectionSchema = z
  .strictObject({
    all: z.literal(true).optional(),
    ids: z.array(idSchema).min(1).max(1_000).optional(),
    queue: givenNameSchema.optional(),
    type: givenNameSchema.optional(),
    fromId: idSchema.optional(),
    toId: idSchema.optional(),
    failedFrom: timeSchema.optional(),
    failedTo: timeSchema.optional(),
  })
  .refine((selection) => Object.values(selection).some((value) => value !== undefined), {
    message: 'is empty: name what is meant, or say all: true',
  })
  .meta({ id: 'FailedSelection' })

/** Which failed jobs. */
export type FailedSelectionRequest = z.infer<typeof failedSelectionSchema>

/** An action for the failed jobs of a selection. */
export const failedActionRequestSchema = z
  .strictObject({
    selection: failedSelectionSchema,
    dryRun: z.boolean().optional().meta({ description: 'Says how many, and does nothing' }),
  })
  .meta({ id: 'FailedActionRequest' })

/** How many failed jobs the selection held, and how many were changed. */
export const failedActionReportSchema = z
  .object({ matched: z.int(), changed: z.int() })
  .meta({ id: 'FailedActionReport' })

/** How many failed jobs the selection held, and how many were changed. */
export type FailedActionReport = z.infer<typeof failedActionReportSchema>
