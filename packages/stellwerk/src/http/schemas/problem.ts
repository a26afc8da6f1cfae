import { z } from 'zod'
import { errorCodes } from '../../domain/errors.ts'

/** What went wrong, as RFC 9457 says it: `code` is for programs, `detail` names the thing, the value and the remedy. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(errorCodes),
    details: z.record(z.string(), z.unknown()).optional(),
    instance: z.string().meta({ description: 'Id of the request, also in the log' }),
  })
  .meta({ id: 'Problem' })

/** What went wrong, as RFC 9457 says it. */
export type Problem = z.infer<typeof problemSchema>
