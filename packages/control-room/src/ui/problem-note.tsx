import { RotateCw } from 'lucide-react'
import type { ApiProblem } from '../api/problem.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Button } from './button.tsx'
import { useProblemDetail, useProblemText } from './use-problem-text.ts'
import { visibleText } from './visible-text.ts'
import './problem-note.css'

interface ProblemNoteProps {
  readonly problem: ApiProblem
  /** What did not work; by default that figures could not be loaded. */
  readonly title?: string
  readonly onRetry?: () => void
}

/** Says what did not work and why, with the id under which the server's log knows it. */
export function ProblemNote({ problem, title, onRetry }: ProblemNoteProps) {
  const { problems, shell } = useMessages()
  const text = useProblemText(problem)
  const detail = useProblemDetail(problem)
  return (
    <div className="problem" role="alert">
      <div>
        <strong>{title ?? problems.panel}</strong> {text}{' '}
        {detail === '' ? null : <span lang="en">{visibleText(detail)}</span>}
        {problem.requestId === null ? null : <span className="small"> {problems.requestId(problem.requestId)}</span>}
      </div>
      {onRetry === undefined ? null : (
        <Button icon={RotateCw} onClick={onRetry}>
          {shell.retry}
        </Button>
      )}
    </div>
  )
}
