import { type KeyboardEvent, memo } from 'react'
import { getPreferences } from '../app/preferences.ts'
import type { Column, Selection } from './table-column.ts'

interface TableRowProps<Row> {
  readonly row: Row
  readonly rowKey: string
  readonly columns: readonly Column<Row>[]
  readonly isSelected: boolean
  /** It no longer belongs here, and stays until the table is filled anew. */
  readonly isFaded: boolean
  readonly label: Selection['label'] | undefined
  /** With a range from the row chosen last to this one. */
  readonly onToggle: (key: string, isRange: boolean) => void
  readonly onOpen: ((row: Row) => void) | undefined
}

function TableRowView<Row>(props: TableRowProps<Row>) {
  const { row, rowKey, columns, isSelected, isFaded, label, onToggle, onOpen } = props
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row)
    if (event.key.toLowerCase() === 'x' && getPreferences().hasShortcuts) onToggle(rowKey, event.shiftKey)
  }
  return (
    <tr
      tabIndex={-1}
      data-key={rowKey}
      data-faded={isFaded || undefined}
      aria-selected={label === undefined ? undefined : isSelected}
      onKeyDown={onKeyDown}
    >
      {label === undefined ? null : (
        <td className="check">
          <input
            type="checkbox"
            aria-label={label(rowKey)}
            checked={isSelected}
            onChange={({ nativeEvent }) => onToggle(rowKey, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          data-column={column.id}
          data-align={column.align}
          data-card={column.card}
          data-label={column.header}
          data-spare={column.isSpare}
        >
          {column.render(row)}
        </td>
      ))}
    </tr>
  )
}

/** A row; drawn again only when it, the columns or its selection have changed. */
export const TableRow = memo(TableRowView) as typeof TableRowView
