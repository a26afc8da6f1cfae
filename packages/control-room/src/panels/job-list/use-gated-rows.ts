import { useCallback, useState } from 'react'
import { type Gate, gateRows } from './gate-rows.ts'

/** A gate, and how to open it. */
export interface OpenGate<Row> extends Gate<Row> {
  /** Lets in what waits, and takes out what has left. */
  readonly open: () => void
  /** Lets in whatever the next answer brings. */
  readonly openNext: () => void
}

interface Shown<Row> {
  /** Which list it belongs to; null = whatever comes next is let in. */
  readonly list: string | null
  readonly answer: readonly Row[] | undefined
  readonly rows: readonly Row[]
}

interface GatedRowsInput<Row> {
  /** undefined = not there yet: what stood before stays. */
  readonly incoming: readonly Row[] | undefined
  /** Another list begins with its first answer. */
  readonly list: string
  readonly limit: number
}

/** Rows that keep their place: each answer changes them where they stand, new ones wait until the gate is opened. */
export function useGatedRows<Row extends { readonly id: string }>(input: GatedRowsInput<Row>): OpenGate<Row> {
  const { incoming, list, limit } = input
  const [shown, setShown] = useState<Shown<Row>>({ list: null, answer: undefined, rows: [] })
  const gate = gateRows({ shown: shown.list === list ? shown.rows : [], incoming: incoming ?? [], limit })
  if (incoming !== undefined && incoming !== shown.answer) {
    // What is known of each row is kept: one that leaves the list stays as it was last seen.
    setShown({ list, answer: incoming, rows: gate.rows.map(({ row }) => row) })
  }
  const open = useCallback(() => setShown((now) => ({ ...now, rows: incoming ?? [] })), [incoming])
  const openNext = useCallback(() => setShown((now) => ({ ...now, list: null })), [])
  if (incoming === undefined)
    return { rows: shown.rows.map((row) => ({ row, left: false })), waiting: 0, open, openNext }
  return { ...gate, open, openNext }
}
