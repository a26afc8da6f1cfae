import { z } from 'zod'
import { timeSchema } from './scalars.ts'

/** A line that a handler wrote. Progress, traces and marks of dropped lines come as lines too, told apart by `kind`. */
export const logLineSchema = z
  .object({
    at: timeSchema,
    attempt: z.int(),
    kind: z.enum(['log', 'progress', 'trace', 'dropped']),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
    fields: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LogLine' })

/** A line that a handler wrote. */
export type LogLine = z.infer<typeof logLineSchema>

/** The lines of a job in the order they were written; the newest 5,000, `omitted` says how many came before. */
export const jobLogsSchema = z.object({ lines: z.array(logLineSchema), omitted: z.int() }).meta({ id: 'JobLogs' })

/** The lines of a job in the order they were written. */
export type JobLogs = z.infer<typeof jobLogsSchema>
