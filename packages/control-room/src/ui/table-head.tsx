import { ArrowDown, ArrowUp } from 'lucide-react'
import { coverage, toggleAll } from './selection.ts'
import type { Column, Selection, Sort } from './table-column.ts'

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort?: Sort | undefined
  readonly onSort?: ((sort: Sort) => void) | undefined
  readonly selection?: Selection | undefined
  /** Keys of all rows that are shown. */
  readonly keys: readonly string[]
}

function nextSort(column: string, sort: Sort | undefined): Sort {
  return { column, isDescending: sort?.column === column ? !sort.isDescending : true }
}

function SortButton<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sort: Sort | undefined
  readonly onSort: (sort: Sort) => void
}) {
  const Arrow = sort?.column === column.id && !sort.isDescending ? ArrowUp : ArrowDown
  return (
    <button type="button" className="sort-button" title={column.hint} onClick={() => onSort(nextSort(column.id, sort))}>
      {column.header}
      <Arrow size={12} aria-hidden="true" />
    </button>
  )
}

function ariaSort(column: string, sort: Sort | undefined): 'ascending' | 'descending' | undefined {
  if (sort?.column !== column) return undefined
  return sort.isDescending ? 'descending' : 'ascending'
}

function SelectAll({ selection, keys }: { readonly selection: Selection; readonly keys: readonly string[] }) {
  const covers = coverage(selection.keys, keys)
  return (
    <th scope="col" className="check">
      <input
        type="checkbox"
        aria-label={selection.labelAll}
        checked={covers === 'all'}
        ref={(box) => {
          if (box !== null) box.indeterminate = covers === 'some'
        }}
        onChange={() => selection.onChange(toggleAll(selection.keys, keys))}
      />
    </th>
  )
}

/** The head of a table: names of columns, those that sort as buttons. */
export function TableHead<Row>({ columns, sort, onSort, selection, keys }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {selection === undefined ? null : <SelectAll selection={selection} keys={keys} />}
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            data-column={column.id}
            data-align={column.align}
            data-spare={column.isSpare}
            aria-sort={ariaSort(column.id, sort)}
          >
            {column.isSortable === true && onSort !== undefined ? (
              <SortButton column={column} sort={sort} onSort={onSort} />
            ) : (
              <span title={column.hint}>{column.header}</span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}
