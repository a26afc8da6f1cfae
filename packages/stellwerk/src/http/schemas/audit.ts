import { z } from 'zod'
import { nextCursorSchema } from './job-list.ts'
import { idSchema, timeSchema } from './scalars.ts'

/** How an action ended. */
export const auditOutcomeSchema = z.enum(['done', 'refused', 'denied', 'failed'])

/** One action: who, from where, what, to what, and what came of it. */
export const auditEntrySchema = z
  .object({
    id: idSchema,
    at: timeSchema,
    actorKind: z.string(),
    actorName: z.string(),
    tokenId: idSchema.nullable(),
    ip: z.string().nullable(),
    requestId: z.string().nullable(),
    action: z.string(),
    target: z.string(),
    filter: z.unknown(),
    before: z.unknown(),
    after: z.unknown(),
    count: z.int().nullable(),
    outcome: auditOutcomeSchema,
    reason: z.string().nullable(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' })

/** One action in the audit log. */
export type AuditEntry = z.infer<typeof auditEntrySchema>

/** A page of the audit log, newest first. */
export const auditListSchema = z
  .object({ entries: z.array(auditEntrySchema), nextCursor: nextCursorSchema })
  .meta({ id: 'AuditList' })
