import { type KeyboardEvent, memo } from 'react'
import { getPreferences } from '../app/preferences.ts'
import type { Column, Selection } from './table-column.ts'

interface TableRowProps<Row> {
  readonly row: Row
  readonly rowKey: string
  readonly columns: readonly Column<Row>[]
  readonly isSelected: boolean
  readonly label: Selection['label'] | undefined
  readonly onToggle: (key: string) => void
  readonly onOpen: ((row: Row) => void) | undefined
}

function TableRowView<Row>({ row, rowKey, columns, isSelected, label, onToggle, onOpen }: TableRowProps<Row>) {
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') onOpen?.(row)
    if (event.key === 'x' && getPreferences().hasShortcuts) onToggle(rowKey)
  }
  return (
    <tr tabIndex={-1} aria-selected={label === undefined ? undefined : isSelected} onKeyDown={onKeyDown}>
      {label === undefined ? null : (
        <td className="check">
          <input type="checkbox" aria-label={label(rowKey)} checked={isSelected} onChange={() => onToggle(rowKey)} />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-align={column.align} data-card={column.card} data-label={column.header}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  )
}

/** A row; drawn again only when it, the columns or its selection have changed. */
export const TableRow = memo(TableRowView) as typeof TableRowView
