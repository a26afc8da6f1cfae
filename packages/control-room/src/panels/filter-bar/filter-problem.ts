/** Why a term of a filter is left out; the page says it in words. */
export interface FilterProblem {
  readonly code:
    | 'unknown_key'
    | 'unknown_state'
    | 'bad_time'
    | 'bad_id'
    | 'one_value'
    | 'twice'
    | 'no_value'
    | 'too_long'
  /** The part of the text that is meant. */
  readonly text: string
  /** What it may have been meant to be, null where nothing is near. */
  readonly suggestion: string | null
}

/** A filter as read, and what of its text could not be. */
export interface ReadFilter<Filter> {
  readonly filter: Filter
  readonly problems: readonly FilterProblem[]
}
