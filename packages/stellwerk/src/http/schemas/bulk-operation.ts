import { z } from 'zod'
import { errorCodes } from '../../domain/errors.ts'
import { timeSchema } from './scalars.ts'

/** A bulk action that goes on in the server. */
export const bulkOperationSchema = z
  .object({
    id: z.string(),
    action: z.enum(['retry', 'delete']),
    state: z.enum(['running', 'done', 'stopped', 'failed']).meta({
      description: 'stopped: the server was closed, or the right was taken away; what was changed until then stands',
    }),
    by: z.string(),
    matched: z.int().meta({ description: 'How many failed jobs the selection held when it was ordered' }),
    changed: z.int().meta({ description: 'How many of them were changed so far' }),
    startedAt: timeSchema,
    endedAt: timeSchema.nullable(),
    reason: z.enum(errorCodes).nullable().meta({ description: 'Why it ended early' }),
  })
  .meta({ id: 'BulkOperation' })

/** A bulk action that goes on in the server. */
export type BulkOperation = z.infer<typeof bulkOperationSchema>

/** Those of this server, newest first. */
export const bulkOperationListSchema = z
  .object({ operations: z.array(bulkOperationSchema) })
  .meta({ id: 'BulkOperationList' })

/** Those of this server, newest first. */
export type BulkOperationList = z.infer<typeof bulkOperationListSchema>
