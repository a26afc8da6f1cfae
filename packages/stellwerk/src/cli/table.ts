import { displayWidth, fitWidth } from '../std/display-width.ts'
import { safeLine } from '../std/terminal-safe.ts'
import type { Colour, Output } from './output.ts'

/** A column: what it is called and what it shows of a row. Texts are made safe here. */
export interface Column<Row> {
  readonly header: string
  readonly text: (row: Row) => string
  readonly align?: 'right'
  /** May be shortened, down to eight columns, where the terminal is too narrow. */
  readonly shrinks?: boolean
  readonly colour?: (row: Row) => Colour | null
  /** Left out where the terminal is too narrow for all columns, the highest number first. */
  readonly spare?: number
}

/** A column with its texts, and the width it takes. */
interface Laid<Row> {
  readonly column: Column<Row>
  readonly texts: readonly string[]
  readonly width: number
}

const gap = '  '

/** Writes rows under a line of headers; on a terminal no line is longer than it is wide. */
export function writeTable<Row>(output: Output, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const cells = rows.map((row) => columns.map((column) => safeLine(column.text(row))))
  const all = columns.map((column, at): Laid<Row> => {
    const texts = cells.map((line) => line[at] ?? '')
    return { column, texts, width: Math.max(displayWidth(column.header), ...texts.map(displayWidth)) }
  })
  const laid = output.width === null ? all : fitColumns(all, output.width)
  const line = (textOf: (laid: Laid<Row>) => string, colourOf: (column: Column<Row>) => Colour | null): string => {
    const parts = laid.map((each, at) => {
      const cell = align(textOf(each), {
        width: each.width,
        right: each.column.align === 'right',
        last: at === laid.length - 1,
      })
      const colour = colourOf(each.column)
      return colour === null ? cell : output.paint(colour, cell)
    })
    return parts.join(gap).trimEnd()
  }
  output.line(
    line(
      ({ column }) => column.header,
      () => 'dim',
    ),
  )
  for (const [at, row] of rows.entries())
    output.line(
      line(
        ({ texts }) => texts[at] ?? '',
        (column) => column.colour?.(row) ?? null,
      ),
    )
  if (laid.length < all.length)
    output.note(`${all.length - laid.length} columns do not fit; widen the terminal, or see them with --json`)
}

/** Writes names and values in two columns; empty values are left out. */
export function writeFacts(output: Output, facts: readonly (readonly [string, string | null])[]): void {
  const shown = facts.filter((fact): fact is readonly [string, string] => fact[1] !== null && fact[1] !== '')
  const width = Math.max(...shown.map(([name]) => name.length))
  for (const [name, value] of shown) output.line(`${output.paint('dim', name.padEnd(width))}${gap}${safeLine(value)}`)
}

function align(
  text: string,
  cell: { readonly width: number; readonly right: boolean; readonly last: boolean },
): string {
  const fitted = fitWidth(text, cell.width)
  const space = ' '.repeat(Math.max(0, cell.width - displayWidth(fitted)))
  if (cell.right) return space + fitted
  return cell.last ? fitted : fitted + space
}

/** Leaves out spare columns, then takes from the widest that shrinks, to eight columns, then from all, to three. */
function fitColumns<Row>(all: readonly Laid<Row>[], width: number): readonly Laid<Row>[] {
  let kept = all
  const least = ({ column, width: natural }: Laid<Row>): number =>
    column.shrinks === true ? Math.min(natural, 8) : natural
  const needs = (): number => kept.reduce((sum, each) => sum + least(each), 0) + gap.length * (kept.length - 1)
  while (needs() > width && kept.some(({ column }) => column.spare !== undefined)) {
    const first = Math.max(...kept.map(({ column }) => column.spare ?? 0))
    kept = kept.filter(({ column }) => column.spare !== first)
  }
  const widths = kept.map((each) => each.width)
  const room = width - gap.length * (kept.length - 1)
  shrink(widths, room, (at) => (kept[at]?.column.shrinks === true ? 8 : Number.POSITIVE_INFINITY))
  shrink(widths, room, () => 3)
  return kept.map((each, at) => ({ ...each, width: widths[at] ?? each.width }))
}

function shrink(widths: number[], room: number, least: (at: number) => number): void {
  let over = widths.reduce((sum, width) => sum + width, 0) - room
  while (over > 0) {
    let widest = -1
    for (const [at, width] of widths.entries()) if (width > least(at) && width > (widths[widest] ?? 0)) widest = at
    if (widest < 0) return
    widths[widest] = (widths[widest] ?? 1) - 1
    over--
  }
}
