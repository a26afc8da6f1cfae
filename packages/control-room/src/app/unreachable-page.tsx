import { RotateCw, Unplug } from 'lucide-react'
import { asProblem } from '../api/problem.ts'
import { useMessages } from '../i18n/messages-context.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useProblemText } from '../ui/use-problem-text.ts'

interface UnreachablePageProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** For a room that has not got an answer yet; it tries again by itself. */
export function UnreachablePage({ error, onRetry }: UnreachablePageProps) {
  const { shell } = useMessages()
  const problem = asProblem(error)
  const text = useProblemText(problem)
  const isSilent = problem.status === 0
  return (
    <main className="page">
      <EmptyState icon={Unplug} title={isSilent ? shell.gate.unreachable : text} hint={shell.gate.unreachableHint}>
        <Button icon={RotateCw} onClick={onRetry}>
          {shell.retry}
        </Button>
      </EmptyState>
    </main>
  )
}
