import type { Attempt } from '../../../../stellwerk/src/http/schemas/job-detail.ts'
import { visibleText } from '../../ui/visible-text.ts'
import { useJobWords } from '../job-words/job-words.ts'
import { AttemptMessage } from './attempt-message.tsx'
import './attempts.css'
import { StackView } from './stack-view.tsx'

/** What an attempt threw: kind, class and message, what caused it, and from where. */
export function ErrorView({ attempt }: { readonly attempt: Attempt }) {
  const job = useJobWords()
  const hint = job.error.kindHints[attempt.kind]
  // Only what was thrown could have had a stack.
  const hasStack = attempt.stack !== null || attempt.kind === 'error'
  return (
    <div className="error-view">
      <p className="error-words tone-failed">
        <strong>{visibleText(attempt.errorClass)}</strong>
        <AttemptMessage attempt={attempt} />
      </p>
      {hint === '' ? null : <p className="small muted">{hint}</p>}
      {attempt.causes.length === 0 ? null : (
        <div className="error-causes">
          <h3 className="small muted">{job.error.causes}</h3>
          <ol>
            {attempt.causes.map((cause, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a link of the chain is its place
              <li key={index}>
                <strong>{visibleText(cause.errorClass)}</strong> {visibleText(cause.message)}
              </li>
            ))}
          </ol>
        </div>
      )}
      {hasStack ? <StackView stack={attempt.stack} /> : null}
    </div>
  )
}
