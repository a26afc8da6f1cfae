import { useCallback, useRef } from 'react'
import { useShortcut } from '../app/use-shortcut.ts'
import { addRange, toggleKey } from './selection.ts'
import type { Column, Selection, Sort } from './table-column.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import './table.css'

interface TableProps<Row> {
  /** What it holds, for those who listen. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  readonly selection?: Selection
  /** Enter on a row. Keep it between renderings. */
  readonly onOpen?: (row: Row) => void
  /** Whether a row no longer belongs here. */
  readonly isFaded?: (row: Row) => boolean
  /** The table of the page, which j and k walk through. */
  readonly isMain?: boolean
}

function focusRow(body: HTMLTableSectionElement | null, step: 1 | -1): void {
  const rows = [...(body?.querySelectorAll<HTMLElement>(':scope > tr') ?? [])]
  const current = rows.findIndex((row) => row.contains(document.activeElement))
  const next = current === -1 ? (step === 1 ? 0 : rows.length - 1) : current + step
  rows[next]?.focus()
}

/** Chooses a row, or a range up to it; `keys` are those shown, in order. */
function useToggle(selection: Selection | undefined, keys: readonly string[]): (key: string, isRange: boolean) => void {
  const latest = useRef({ selection, keys })
  latest.current = { selection, keys }
  const anchor = useRef<string | null>(null)
  return useCallback((key: string, isRange: boolean) => {
    const now = latest.current
    if (now.selection === undefined) return
    const { keys: chosen, onChange } = now.selection
    onChange(isRange ? addRange(chosen, { anchor: anchor.current, key }, now.keys) : toggleKey(chosen, key))
    anchor.current = key
  }, [])
}

/** A real table with rows that keep their place, focus and selection while figures change. On a phone its rows are cards. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  sort,
  onSort,
  selection,
  onOpen,
  isFaded,
  isMain = false,
}: TableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const keys = rows.map(rowKey)
  const toggle = useToggle(selection, keys)
  useShortcut('j', () => focusRow(body.current, 1), isMain)
  useShortcut('k', () => focusRow(body.current, -1), isMain)
  return (
    <div className="table-scroll">
      <table className="table">
        <caption className="unseen">{caption}</caption>
        <TableHead columns={columns} sort={sort} onSort={onSort} selection={selection} keys={keys} />
        <tbody ref={body}>
          {rows.map((row) => {
            const key = rowKey(row)
            return (
              <TableRow
                key={key}
                row={row}
                rowKey={key}
                columns={columns}
                isSelected={selection?.keys.has(key) ?? false}
                isFaded={isFaded?.(row) ?? false}
                label={selection?.label}
                onToggle={toggle}
                onOpen={onOpen}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
