import type { Attempt } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { useFormat } from '../../i18n/messages-context.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { useJobWords } from '../job-words/job-words.ts'
import { AttemptMessage } from './attempt-message.tsx'
import './attempts.css'
import { ErrorView } from './error-view.tsx'

/** Attempts that failed, the newest first; each opens to its error. */
export function AttemptList({ attempts }: { readonly attempts: readonly Attempt[] }) {
  return (
    <ol className="attempt-list">
      {attempts.toReversed().map((attempt) => (
        <li key={`${attempt.attempt} ${attempt.finishedAt}`}>
          <details>
            <AttemptSummary attempt={attempt} />
            <ErrorView attempt={attempt} />
          </details>
        </li>
      ))}
    </ol>
  )
}

function AttemptSummary({ attempt }: { readonly attempt: Attempt }) {
  const job = useJobWords()
  const format = useFormat()
  return (
    <summary>
      <strong className="nowrap">{job.attempts.one(attempt.attempt)}</strong>
      <span className="attempt-error cut">
        {visibleText(attempt.errorClass)}: <AttemptMessage attempt={attempt} />
      </span>
      <span className="attempt-facts muted small">
        <span>{job.error.kinds[attempt.kind]}</span>
        {attempt.runMs === null ? null : <span>{job.attempts.ran(format.duration(attempt.runMs))}</span>}
        <span>{job.attempts.on(visibleText(attempt.host))}</span>
        <time dateTime={attempt.finishedAt} title={format.dateTime(attempt.finishedAt)}>
          {format.time(attempt.finishedAt)}
        </time>
      </span>
    </summary>
  )
}
