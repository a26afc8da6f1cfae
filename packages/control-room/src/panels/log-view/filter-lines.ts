import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'

/** How loud a line is, the quietest first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const

/** What of a log is shown. */
export interface LogFilter {
  readonly least: LogLine['level']
  /** Looked for in messages and fields, whatever the case. */
  readonly search: string
}

/** The lines that a filter lets through, in their order. */
export function filterLines<Line extends LogLine>(
  lines: readonly Line[],
  { least, search }: LogFilter,
): readonly Line[] {
  const floor = logLevels.indexOf(least)
  const wanted = search.trim().toLowerCase()
  return lines.filter(
    (line) =>
      logLevels.indexOf(line.level) >= floor &&
      (wanted === '' || `${line.message} ${fieldsText(line)}`.toLowerCase().includes(wanted)),
  )
}

/** The fields of a line as `key=value`, values as JSON but for plain texts. */
export function fieldsText({ fields }: Pick<LogLine, 'fields'>): string {
  return Object.entries(fields)
    .map(
      ([key, value]) => `${key}=${typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value)}`,
    )
    .join(' ')
}

/** A text cut where it matches, so that what matches can be marked. */
export function cutMatches(
  text: string,
  search: string,
): readonly { readonly text: string; readonly isMatch: boolean }[] {
  const wanted = search.trim().toLowerCase()
  const lower = text.toLowerCase()
  // Where lower case has another length, places would not fit.
  if (wanted === '' || lower.length !== text.length) return [{ text, isMatch: false }]
  const parts: { text: string; isMatch: boolean }[] = []
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), isMatch: false })
    from = at + wanted.length
    parts.push({ text: text.slice(at, from), isMatch: true })
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMatch: false })
  return parts
}
