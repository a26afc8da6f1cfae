/** A line longer than this is cut into several. */
const maxLine = 8_192

/** Cuts a text that arrives in pieces into lines without their ends, each at most 8,192 characters. Empty lines are left out. */
export class LineSplitter {
  #rest = ''

  push(text: string): readonly string[] {
    const parts = (this.#rest + text).split('\n')
    this.#rest = parts.pop() ?? ''
    const lines = parts.flatMap(cut)
    while (this.#rest.length > maxLine) {
      lines.push(this.#rest.slice(0, maxLine))
      this.#rest = this.#rest.slice(maxLine)
    }
    return lines
  }

  /** What came after the last end of a line. */
  end(): readonly string[] {
    const rest = this.#rest
    this.#rest = ''
    return cut(rest)
  }
}

function cut(line: string): string[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  if (text === '') return []
  if (text.length <= maxLine) return [text]
  return Array.from({ length: Math.ceil(text.length / maxLine) }, (_, at) =>
    text.slice(at * maxLine, (at + 1) * maxLine),
  )
}
