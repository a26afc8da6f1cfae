import { escapeUnsafe, safeLine } from '../../std/terminal-safe.ts'
import type { LogEntry } from './log-entry.ts'

/** Form of a line. */
export type LogFormat = 'text' | 'json'

/** What stands on a line beside the event. */
export interface LineParts {
  readonly format: LogFormat
  /** False where the receiver stamps each line itself. */
  readonly hasTime: boolean
  /** Process that wrote it, where several share one file; null = left out. */
  readonly pid: number | null
}

/** Names that a line gives itself: a field of that name is written as `field.NAME`. */
const own = new Set(['time', 'level', 'message', 'pid'])
/** A value that needs no quotes in text: no white space, quotes or equals sign that could pass for another field. */
const bare = /^[^\s"'=\p{Cc}]+$/u

/** One line without its end, whatever the event holds: every character that a terminal or a viewer would obey is escaped. Pure. */
export function formatEntry(entry: LogEntry, parts: LineParts): string {
  return parts.format === 'json' ? jsonLine(entry, parts) : textLine(entry, parts)
}

function jsonLine({ at, level, message, fields }: LogEntry, { hasTime, pid }: LineParts): string {
  const line = {
    ...(hasTime && { time: new Date(at).toISOString() }),
    level,
    message,
    ...(pid !== null && { pid }),
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [own.has(key) ? `field.${key}` : key, value])),
  }
  return escapeUnsafe(JSON.stringify(line), jsonEscape)
}

function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}

function textLine({ at, level, message, fields }: LogEntry, { hasTime, pid }: LineParts): string {
  const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${textValue(value)}`)
  const head = hasTime ? `${new Date(at).toISOString()} ${level.padEnd(5)} ` : ''
  return `${head}${pid === null ? '' : `[${pid}] `}${safeLine(message + pairs.join(''))}`
}

function textValue(value: unknown): string {
  return typeof value === 'string' && bare.test(value) ? value : JSON.stringify(value)
}
