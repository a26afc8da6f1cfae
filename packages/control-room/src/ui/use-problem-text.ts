import type { ApiProblem } from '../api/problem.ts'
import { useMessages } from '../i18n/messages-context.tsx'

/** A problem in the language of the moment. */
export function useProblemText({ code }: ApiProblem): string {
  const { codes, told, unknown } = useMessages().problems
  return codes[code] ?? told[code] ?? unknown
}

/** What the server said of a problem, in its English, where that says more than the room's own words; '' otherwise. */
export function useProblemDetail({ code, message }: ApiProblem): string {
  return code in useMessages().problems.codes ? '' : message
}
