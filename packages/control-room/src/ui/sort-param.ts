import type { SearchParam } from '../app/search-codec.ts'
import type { Sort } from './table-column.ts'

/** A sort in the address: `waiting` ascending, `-waiting` descending; `standard` when none of the columns is named. */
export function sortParam(columns: readonly string[], standard: Sort): SearchParam<Sort> {
  const textOf = ({ column, isDescending }: Sort) => `${isDescending ? '-' : ''}${column}`
  return {
    read([text = '']) {
      const isDescending = text.startsWith('-')
      const column = isDescending ? text.slice(1) : text
      return columns.includes(column) ? { column, isDescending } : standard
    },
    write: (sort) => (textOf(sort) === textOf(standard) ? [] : [textOf(sort)]),
  }
}
