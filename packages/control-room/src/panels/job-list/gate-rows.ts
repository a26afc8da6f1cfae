/** A row of the table: the newest that is known of a job. */
export interface GatedRow<Row> {
  readonly row: Row
  /** It no longer belongs to what the page asks for. */
  readonly left: boolean
}

/** What stands in the table, and how many rows wait outside. */
export interface Gate<Row> {
  readonly rows: readonly GatedRow<Row>[]
  /** Newer rows that wait; equal to `incoming.length` where there may be more. */
  readonly waiting: number
}

/** What a gate looks at: both newest first. `limit` is the length of a page. */
export interface GateInput<Row> {
  readonly shown: readonly Row[]
  readonly incoming: readonly Row[]
  readonly limit: number
}

/**
 * Keeps the rows of a page where they are: what is shown stays in its place with its newest values, what came since waits.
 * A row is marked as left where the newest answer reaches that far and does not have it. Pure.
 */
export function gateRows<Row extends { readonly id: string }>({ shown, incoming, limit }: GateInput<Row>): Gate<Row> {
  if (shown.length === 0) return { rows: incoming.map((row) => ({ row, left: false })), waiting: 0 }
  const newest = new Map(incoming.map((row) => [row.id, row]))
  const reachesTo = incoming.length < limit ? 0 : Number(incoming.at(-1)?.id ?? 0)
  const top = Number(shown[0]?.id ?? 0)
  const rows = shown.map((row) => {
    const fresh = newest.get(row.id)
    return { row: fresh ?? row, left: fresh === undefined && Number(row.id) >= reachesTo }
  })
  return { rows, waiting: incoming.filter(({ id }) => Number(id) > top).length }
}
