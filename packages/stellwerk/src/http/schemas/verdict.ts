import { z } from 'zod'
import { timeSchema } from './scalars.ts'

/** How bad it is, best first. */
export const verdictStates = ['quiet', 'attention', 'degraded', 'down'] as const

/** Why a verdict is not quiet, worst first within one severity. */
export const reasonCodes = [
  'store_unreachable',
  'no_station',
  'types_unserved',
  'nothing_completes',
  'oldest_wait',
  'failure_rate',
  'store_alarm',
  'backlog_grows',
  'station_lost',
  'sampler_stale',
] as const

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
