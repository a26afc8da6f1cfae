import { z } from 'zod'
import { roles } from '../../domain/access/role.ts'
import { durationSchema, givenNameSchema, idSchema, timeSchema } from './scalars.ts'

/** A token of the interface; its text is never shown again. */
export const tokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    role: z.enum(roles),
    queues: z.array(z.string()).nullable().meta({ description: 'null = all' }),
    prefix: z.string().meta({ description: 'The first characters of its text, to tell it apart' }),
    createdAt: timeSchema,
    createdBy: z.string(),
    expiresAt: timeSchema.nullable(),
    lastUsedAt: timeSchema.nullable(),
    revokedAt: timeSchema.nullable(),
  })
  .meta({ id: 'Token' })

/** A token of the interface. */
export type Token = z.infer<typeof tokenSchema>

/** Every token, the newest first. */
export const tokenListSchema = z.object({ tokens: z.array(tokenSchema) }).meta({ id: 'TokenList' })

/** A token that was made just now, with its text: it is shown this once. */
export const newTokenSchema = tokenSchema.extend({ text: z.string() }).meta({ id: 'NewToken' })

/** A token as it is asked for. A producer needs queues. */
export const tokenRequestSchema = z
  .strictObject({
    name: givenNameSchema,
    role: z.enum(roles),
    queues: z.array(givenNameSchema).max(1_000).nullable().optional().meta({ description: 'null = all' }),
    lifetime: durationSchema
      .nullable()
      .optional()
      .meta({ description: "From now on, such as '90d'; null = it does not expire" }),
  })
  .meta({ id: 'TokenRequest' })
