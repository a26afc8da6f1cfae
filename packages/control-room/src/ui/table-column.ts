import type { ReactNode } from 'react'

/** One column of a table. Keep the list of columns between renderings, so that rows that did not change are not drawn again. */
export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** What exactly it shows, on hover. */
  readonly hint?: string
  /** Figures stand at the end. */
  readonly align?: 'start' | 'end'
  readonly isSortable?: boolean
  /** On a phone: title = across the card, without its name; wide = across; plain = without its name; corner = a button at the end of the first row; hidden = not at all. */
  readonly card?: 'title' | 'wide' | 'plain' | 'corner' | 'hidden'
  /** Left out where the table stands on less than 1,100 pixels. */
  readonly isSpare?: boolean
  readonly render: (row: Row) => ReactNode
}

/** By which column rows are sorted. */
export interface Sort {
  readonly column: string
  readonly isDescending: boolean
}

/** Rows that were chosen to be acted on, by key. */
export interface Selection {
  readonly keys: ReadonlySet<string>
  /** Name of the box of a row, such as "Select job 17". */
  readonly label: (key: string) => string
  readonly labelAll: string
  readonly onChange: (keys: ReadonlySet<string>) => void
}
