import { createHash } from 'node:crypto'
import { z } from 'zod'
import { StellwerkError } from '../domain/errors.ts'

/** Which list, with which filter, a cursor goes on with. Values that are not set do not count. */
export interface CursorScope {
  readonly list: string
  readonly filter: Readonly<Record<string, unknown>>
}

const cursorSchema = z.strictObject({ l: z.string(), f: z.string(), b: z.int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** The cursor of the page behind `beforeId`: opaque, and good for this list and filter alone. Null where there is no such page. */
export function writeCursor(scope: CursorScope, beforeId: number | null): string | null {
  if (beforeId === null) return null
  const content = { l: scope.list, f: fingerprint(scope.filter), b: beforeId }
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

/** The id below which the page goes on. @throws CURSOR_INVALID for what is no cursor, or one of another list or filter */
export function readCursor(scope: CursorScope, cursor: string): number {
  const content = cursorSchema.safeParse(decode(cursor))
  if (!content.success) throw invalid(cursor, 'is not a cursor')
  if (content.data.l !== scope.list) throw invalid(cursor, `belongs to the list '${content.data.l.slice(0, 40)}'`)
  if (content.data.f !== fingerprint(scope.filter)) throw invalid(cursor, 'belongs to another filter')
  return content.data.b
}

function invalid(cursor: string, why: string): StellwerkError {
  const shown = cursor.length > 40 ? `${cursor.slice(0, 40)}…` : cursor
  return new StellwerkError(
    'CURSOR_INVALID',
    `cursor '${shown}' ${why}; begin without one, and go on with the 'nextCursor' of the page before`,
  )
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

function fingerprint(filter: CursorScope['filter']): string {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined)
  const text = JSON.stringify(set.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}
