import { z } from 'zod'
import { listAudit } from '../../operations/list-audit.ts'
import { assertRange } from '../assert-range.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { cursorField, limitField, timeField } from '../query-fields.ts'
import { defineRoute } from '../route.ts'
import { auditListSchema, auditOutcomeSchema } from '../schemas/audit.ts'
import { toAuditEntry } from '../shapes/to-audit-entry.ts'
import { withoutUnset } from '../without-unset.ts'

const text = z.string().min(1).max(200).optional()

/** GET /audit: who did what. */
export const listAuditRoute = defineRoute({
  method: 'GET',
  path: '/audit',
  permission: 'audit:read',
  summary: 'Every action with who, from where, on what and how it ended, newest first',
  query: z.object({
    from: timeField,
    to: timeField,
    actor: text,
    action: text,
    target: text,
    outcome: auditOutcomeSchema.optional(),
    cursor: cursorField,
    limit: limitField,
  }),
  response: auditListSchema,
  errors: ['CURSOR_INVALID'],
  handle: async (deps, { query: { cursor, limit = 50, ...asked } }) => {
    assertRange(['from', 'to'], asked.from, asked.to)
    const scope = { list: 'audit', filter: asked }
    const beforeId = cursor === undefined ? undefined : readCursor(scope, cursor)
    const page = await listAudit(deps, { limit, ...withoutUnset({ ...asked, beforeId }) })
    return { entries: page.entries.map(toAuditEntry), nextCursor: writeCursor(scope, page.nextBeforeId) }
  },
})
