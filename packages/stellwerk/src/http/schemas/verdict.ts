import { z } from 'zod'
import { reasonCodes, verdictStates } from '../../domain/health/verdict.ts'
import { timeSchema } from './scalars.ts'

/** One reason: a code to be translated with its figures, and the same in English. */
export const reasonSchema = z
  .object({
    code: z.enum(reasonCodes),
    severity: z.enum(['attention', 'degraded', 'down']),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    detail: z.string(),
    action: z.object({ kind: z.literal('link'), to: z.string() }).nullable(),
  })
  .meta({ id: 'Reason' })

/** One reason. */
export type Reason = z.infer<typeof reasonSchema>

/** The state of the whole in one word, with its reasons, worst first. `since` is null where the start is not known. */
export const verdictSchema = z
  .object({ state: z.enum(verdictStates), since: timeSchema.nullable(), reasons: z.array(reasonSchema) })
  .meta({ id: 'Verdict' })

/** The state of the whole in one word, with its reasons. */
export type Verdict = z.infer<typeof verdictSchema>
