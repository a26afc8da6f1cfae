/** Sizes in which many rows go into one statement: few texts to prepare, few calls for a large batch. */
export const ROW_CHUNKS = [50, 10, 1] as const

/** `(?,?),(?,?)`: placeholders for `rows` rows of `width` values. */
export function valueRows(rows: number, width: number): string {
  const row = `(${Array(width).fill('?').join(',')})`
  return Array(rows).fill(row).join(',')
}

/** The largest chunk that `left` rows fill; for statements that cannot take a row too many. */
export function filledChunk(left: number): number {
  return ROW_CHUNKS.find((size) => size <= left) ?? 1
}

/** The smallest chunk that holds `left` rows, at most the largest; for statements in which a row of nulls does nothing. */
export function holdingChunk(left: number): number {
  return ROW_CHUNKS.findLast((size) => size >= left) ?? ROW_CHUNKS[0]
}

/** Remembers the text for each size: building one costs more than running it over a chunk. */
export function textBySize(build: (rows: number) => string): (rows: number) => string {
  const texts = new Map<number, string>()
  return (rows) => {
    const text = texts.get(rows) ?? build(rows)
    texts.set(rows, text)
    return text
  }
}
