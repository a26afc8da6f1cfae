import { Fragment, memo } from 'react'
import type { LogLine } from '../../../../stellwerk/src/http/schemas/job-log.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { useJobWords } from '../job-words/job-words.ts'
import { cutMatches, fieldsText } from './filter-lines.ts'
import type { Follow } from './use-follow.ts'

interface LogLinesProps {
  readonly lines: readonly LogLine[]
  readonly search: string
  readonly wraps: boolean
  readonly follow: Follow
}

/** Lines of a log, cut by attempt. */
export function LogLines({ lines, search, wraps, follow }: LogLinesProps) {
  const job = useJobWords()
  if (lines.length === 0) return <p className="log-empty muted">{job.logs.noMatch}</p>
  return (
    <ol
      ref={follow.box}
      className="log-lines mono"
      data-wraps={wraps || undefined}
      aria-label={job.logs.title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      onScroll={follow.onScroll}
    >
      {keyed(lines).map(({ key, line, opensAttempt }) => (
        <Fragment key={key}>
          {opensAttempt ? <li className="log-attempt small">{job.attempts.one(line.attempt)}</li> : null}
          <Line line={line} search={search} />
        </Fragment>
      ))}
    </ol>
  )
}

const Line = memo(function LogRow({ line, search }: { readonly line: LogLine; readonly search: string }) {
  const job = useJobWords()
  const format = useFormat()
  const kind = job.logs.kinds[line.kind]
  return (
    <li className="log-line" data-level={line.level}>
      <time dateTime={line.at} title={format.dateTime(line.at)}>
        {format.time(line.at)}
      </time>
      <span className="log-level">{kind === '' ? line.level : kind}</span>
      <span className="log-words">
        <Marked text={visibleText(line.message)} search={search} />
        <span className="muted">
          {' '}
          <Marked text={visibleText(fieldsText(line))} search={search} />
        </span>
      </span>
    </li>
  )
})

function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  return cutMatches(text, search).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
    part.isMatch ? <mark key={index}>{part.text}</mark> : <Fragment key={index}>{part.text}</Fragment>,
  )
}

interface KeyedLine {
  readonly key: string
  readonly line: LogLine
  readonly opensAttempt: boolean
}

/** Lines have no ids: the time, and how many of the same time came before. */
function keyed(lines: readonly LogLine[]): readonly KeyedLine[] {
  const seen = new Map<string, number>()
  return lines.map((line, index) => {
    const count = seen.get(line.at) ?? 0
    seen.set(line.at, count + 1)
    const before = lines[index - 1]
    return { key: `${line.at} ${count}`, line, opensAttempt: before === undefined || before.attempt !== line.attempt }
  })
}
