import type { ApiProblem } from '../api/problem.ts'
import { useMessages } from '../i18n/messages-context.tsx'

/** A problem in the language of the moment; in the server's English where the room has no words of its own for it. */
export function useProblemText(problem: ApiProblem): string {
  const { problems } = useMessages()
  return problems.codes[problem.code] ?? (problem.message === '' ? problems.unknown : problem.message)
}
