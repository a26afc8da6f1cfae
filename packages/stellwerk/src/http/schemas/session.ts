import { z } from 'zod'
import { timeSchema } from './scalars.ts'

/** Who looks, what they may do, and at what they look. */
export const sessionSchema = z
  .object({
    actor: z.object({ kind: z.string(), name: z.string(), role: z.string().nullable() }),
    permissions: z.array(z.string()).meta({ description: 'All of them by name, also where every one is granted' }),
    queues: z.array(z.string()).nullable().meta({ description: 'null = all' }),
    title: z.string(),
    environment: z.string(),
    readOnly: z.boolean(),
    version: z.string(),
    store: z.enum(['sqlite', 'postgres']),
    now: timeSchema,
    languages: z.array(z.string()),
  })
  .meta({ id: 'Session' })

/** Who looks, what they may do, and at what they look. */
export type Session = z.infer<typeof sessionSchema>

/** A token to be turned into a session. */
export const sessionRequestSchema = z.strictObject({ token: z.string().min(1).max(200) }).meta({ id: 'SessionRequest' })
