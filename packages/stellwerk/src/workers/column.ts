/** What rows that travel together say about one thing: one value where they agree, else a value for each. No value is an array itself. */
export type Column<Value> = Value | readonly Value[]

/** The column of these rows. Rows of one claim agree about most: told once, it costs neither side anything. */
export function columnOf<Row, Value>(rows: readonly Row[], pick: (row: Row) => Value): Column<Value> {
  const [first] = rows
  if (first === undefined) return []
  const shared = pick(first)
  return rows.every((row) => pick(row) === shared) ? shared : rows.map(pick)
}

/** Whether it holds a value for each of so many rows, each of which is one: whoever sent it may have sent anything. */
export function isColumn(column: unknown, rows: number, isValue: (value: unknown) => boolean): boolean {
  return Array.isArray(column) ? column.length === rows && column.every(isValue) : isValue(column)
}

/** Reads the value of a row. */
export function readerOf<Value>(column: Column<Value>): (at: number) => Value {
  return isEach(column) ? (at) => column[at] as Value : () => column
}

function isEach<Value>(column: Column<Value>): column is readonly Value[] {
  return Array.isArray(column)
}
