/** Keys of chosen rows. They outlive a refresh, and pages that show other rows. */
export type Keys = ReadonlySet<string>

/** Chooses a row, or no longer. */
export function toggleKey(keys: Keys, key: string): Keys {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return next
}

/** Chooses all from the row that was chosen last to `key`, both included, in the order shown; without that one in sight, `key` alone. */
export function addRange(
  keys: Keys,
  range: { readonly anchor: string | null; readonly key: string },
  shown: readonly string[],
): Keys {
  const end = shown.indexOf(range.key)
  const start = range.anchor === null ? -1 : shown.indexOf(range.anchor)
  if (end < 0) return keys
  return new Set([...keys, ...(start < 0 ? [range.key] : shown.slice(Math.min(start, end), Math.max(start, end) + 1))])
}

/** Chooses all that are shown, or none of them where all are chosen already; rows that are not shown stay as they are. */
export function toggleAll(keys: Keys, shown: readonly string[]): Keys {
  const rest = [...keys].filter((key) => !shown.includes(key))
  return new Set(coverage(keys, shown) === 'all' ? rest : [...rest, ...shown])
}

/** How many of the shown rows are chosen: what the box in the header says. */
export function coverage(keys: Keys, shown: readonly string[]): 'none' | 'some' | 'all' {
  const chosen = shown.filter((key) => keys.has(key)).length
  if (chosen === 0) return 'none'
  return chosen === shown.length ? 'all' : 'some'
}
