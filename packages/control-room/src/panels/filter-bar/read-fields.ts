import type { FilterProblem, ReadFilter } from './filter-problem.ts'
import { type FilterTerm, readTerms } from './filter-terms.ts'
import { nearest } from './nearest.ts'

/** What one term adds to a filter, or why it cannot. */
export type FieldReading<Filter> = Partial<Filter> | FilterProblem

/** Reads the values of one key; there is at least one and none is empty. */
export type FieldReader<Filter> = (values: readonly string[]) => FieldReading<Filter>

/** The keys of a filter language. */
export interface FilterLanguage<Filter> {
  readonly empty: Filter
  /** In the order in which help lists them. */
  readonly fields: Readonly<Record<string, FieldReader<Filter>>>
  /** Other names of keys. */
  readonly aliases: Readonly<Record<string, string>>
  /** Reads words without a key; null where they mean nothing. */
  readonly words: FieldReader<Filter> | null
}

/** Reads a filter text; a term that means nothing is told as a problem, and the others hold. */
export function readFilter<Filter extends object>(text: string, language: FilterLanguage<Filter>): ReadFilter<Filter> {
  const problems: FilterProblem[] = []
  const seen = new Set<string>()
  let filter = language.empty
  for (const term of joinWords(readTerms(text))) {
    const reading = readTerm(term, language, seen)
    if ('code' in reading) problems.push(reading as FilterProblem)
    else filter = { ...filter, ...reading }
  }
  return { filter, problems }
}

/** A problem with `text`. */
export function problem(code: FilterProblem['code'], text: string, suggestion: string | null = null): FilterProblem {
  return { code, text, suggestion }
}

/** One value of a key that takes one. */
export function oneValue(values: readonly string[]): string | FilterProblem {
  const [value = ''] = values
  return values.length === 1 ? value : problem('one_value', values.join(','))
}

function readTerm<Filter>(
  { key, values }: FilterTerm,
  language: FilterLanguage<Filter>,
  seen: Set<string>,
): FieldReading<Filter> {
  if (key === null) {
    if (values.some(isTooLong)) return problem('too_long', values.join(' ').slice(0, 20))
    return language.words?.(values) ?? problem('unknown_key', values.join(','))
  }
  const name = language.aliases[key] ?? key
  const read = Object.hasOwn(language.fields, name) ? language.fields[name] : undefined
  if (read === undefined) return problem('unknown_key', key, nearest(key, Object.keys(language.fields)))
  if (values.includes('')) return problem('no_value', key)
  if (values.some(isTooLong)) return problem('too_long', key)
  if (seen.has(name)) return problem('twice', key)
  seen.add(name)
  return read(values)
}

/** The server takes names and texts of at most so many signs. */
function isTooLong(value: string): boolean {
  return value.length > 200
}

/** Words stand for one text, as they were written. */
function joinWords(terms: readonly FilterTerm[]): readonly FilterTerm[] {
  const words = terms.filter(({ key }) => key === null).flatMap(({ values }) => values)
  const rest = terms.filter(({ key }) => key !== null)
  return words.length === 0 ? rest : [...rest, { key: null, values: [words.join(' ')] }]
}
