/** The known word that `word` begins or that differs from it by two letters at most, null where none does. */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = word.toLowerCase()
  if (typed === '') return null
  const begun = known.find((candidate) => candidate.startsWith(typed))
  if (begun !== undefined) return begun
  const [best] = known
    .map((candidate) => ({ candidate, edits: editsBetween(typed, candidate) }))
    .filter(({ candidate, edits }) => edits <= 2 && edits < candidate.length)
    .toSorted((a, b) => a.edits - b.edits)
  return best?.candidate ?? null
}

function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced))
    }
    row = next
  }
  return row[b.length] ?? 0
}
