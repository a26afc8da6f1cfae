/** Names of fields that identify a row within its array, by precedence. */
const keyFields = ['id', 'queue', 'type'] as const

/** The key of a row, or null where it has none. */
function keyOf(row: unknown, field: string): string | null {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, field)) return null
  const value = (row as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'string' ? value : null
}

/** The keys of an array of rows in its order; null where it is empty, or its elements are no rows with keys that differ. */
export function rowKeys(array: readonly unknown[]): readonly string[] | null {
  const [first] = array
  const field = keyFields.find((name) => keyOf(first, name) !== null)
  if (field === undefined) return null
  const keys = new Set<string>()
  for (const row of array) {
    const key = keyOf(row, field)
    if (key === null || keys.has(key)) return null
    keys.add(key)
  }
  return [...keys]
}
