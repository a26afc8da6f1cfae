/** The known word nearest to `word` within two edits (a swap counts one), or null. Restricted Damerau-Levenshtein distance. */
export function nearestWord(word: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = 3
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `; did you mean 'x'?` for the nearest known word, else an empty text. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const nearest = nearestWord(word, known)
  return nearest === null ? '' : `; did you mean '${nearest}'?`
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cellDistance({ a, b, i, j, row, last, beforeLast }))
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 3
}

interface Cell {
  readonly a: string
  readonly b: string
  readonly i: number
  readonly j: number
  readonly row: readonly number[]
  readonly last: readonly number[]
  readonly beforeLast: readonly number[]
}

function cellDistance({ a, b, i, j, row, last, beforeLast }: Cell): number {
  const cost = a[i - 1] === b[j - 1] ? 0 : 1
  const edited = Math.min((last[j] ?? 9) + 1, (row[j - 1] ?? 9) + 1, (last[j - 1] ?? 9) + cost)
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(edited, (beforeLast[j - 2] ?? 9) + 1) : edited
}
