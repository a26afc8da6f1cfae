/** Which rows are chosen. By id, so that it outlives a refresh. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** The row that was chosen last: a range reaches from there. */
  readonly anchor: string | null
}

/** Nothing chosen. */
export const nothingSelected: Selection = { ids: new Set(), anchor: null }

/** Chooses a row, or no longer. */
export function toggleRow({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** Chooses all from the anchor to `id`, both included, in the order of `shown`; without an anchor in sight, `id` alone. */
export function selectRange(selection: Selection, id: string, shown: readonly string[]): Selection {
  const end = shown.indexOf(id)
  const start = selection.anchor === null ? -1 : shown.indexOf(selection.anchor)
  if (end < 0) return selection
  const between = start < 0 ? [id] : shown.slice(Math.min(start, end), Math.max(start, end) + 1)
  return { ids: new Set([...selection.ids, ...between]), anchor: start < 0 ? id : selection.anchor }
}

/** Chooses all that are shown, or none of them where all are chosen already. */
export function toggleAll({ ids, anchor }: Selection, shown: readonly string[]): Selection {
  const next = new Set(ids)
  const isWhole = shown.length > 0 && shown.every((id) => ids.has(id))
  for (const id of shown) {
    if (isWhole) next.delete(id)
    else next.add(id)
  }
  return { ids: next, anchor }
}

/** How many of the shown rows are chosen: what the box in the header says. */
export function coverage({ ids }: Selection, shown: readonly string[]): 'none' | 'some' | 'all' {
  const chosen = shown.filter((id) => ids.has(id)).length
  if (chosen === 0) return 'none'
  return chosen === shown.length ? 'all' : 'some'
}
