import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'

/** Lines fetched at some time, and the newest ones that came since: one list without doubles, in the order they were written. */
export function joinLines(fetched: readonly LogLine[], newest: readonly LogLine[]): readonly LogLine[] {
  const last = fetched.at(-1)
  if (last === undefined) return newest
  const known = new Set(fetched.filter(({ at }) => at === last.at).map(nameOf))
  return [
    ...fetched,
    ...newest.filter((line) => line.at > last.at || (line.at === last.at && !known.has(nameOf(line)))),
  ]
}

function nameOf({ attempt, level, message }: LogLine): string {
  return `${attempt} ${level} ${message}`
}
