/** A table with aligned columns: the first to the left, figures to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) => Math.max(3, title.length, ...rows.map((row) => (row[at] ?? '').length)))
  const isFigure = head.map((_, at) => rows.length > 0 && rows.every((row) => /^[\d.,]+$/.test(row[at] ?? '')))
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (isFigure[at] === true ? (cells[at] ?? '').padStart(width) : (cells[at] ?? '').padEnd(width))).join(' | ')} |`
  const rule = `|${widths.map((width, at) => (isFigure[at] === true ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}
