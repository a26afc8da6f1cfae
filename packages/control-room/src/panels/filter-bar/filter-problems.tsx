import { useMessages } from '../../i18n/messages-context.tsx'
import type { FilterProblem } from './filter-problem.ts'

interface FilterProblemsProps {
  readonly problems: readonly FilterProblem[]
  /** Keys that this list knows. */
  readonly keys: readonly string[]
  /** States that it knows, where it can be filtered by them. */
  readonly states?: readonly string[]
}

/** Which parts of a filter were not understood, and what may have been meant. */
export function FilterProblems({ problems, keys, states = [] }: FilterProblemsProps) {
  const { filter } = useMessages()
  if (problems.length === 0) return null
  const words = (code: FilterProblem['code'], text: string): string => {
    if (code === 'unknown_key') return filter.problem.unknown_key(text, keys.join(', '))
    if (code === 'unknown_state') return filter.problem.unknown_state(text, states.join(', '))
    return filter.problem[code](text)
  }
  return (
    <ul className="filter-problems tone-retrying" aria-live="polite">
      {problems.map(({ code, text, suggestion }) => (
        <li key={`${code} ${text}`}>
          {words(code, text)} {suggestion === null ? null : <strong>{filter.suggestion(suggestion)}</strong>}
        </li>
      ))}
    </ul>
  )
}
