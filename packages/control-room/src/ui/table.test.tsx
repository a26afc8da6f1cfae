import { expect, test, vi } from 'vitest'
import { acting, draw } from '../../test/draw.tsx'
import { shortcuts } from '../app/shortcuts.ts'
import { Table } from './table.tsx'
import type { Column, Selection } from './table-column.ts'

interface Row {
  readonly id: string
  readonly waiting: number
}

const rendered = vi.fn()
const columns: readonly Column<Row>[] = [
  { id: 'id', header: 'Queue', isSortable: true, render: ({ id }) => id },
  {
    id: 'waiting',
    header: 'Waiting',
    render: ({ id, waiting }) => {
      rendered(id)
      return waiting
    },
  },
]
const rows: readonly Row[] = [
  { id: 'a', waiting: 1 },
  { id: 'b', waiting: 2 },
]
const keyOf = ({ id }: Row) => id
const given = { caption: 'Queues', columns, rows, rowKey: keyOf }

function press(key: string, target: Element): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
}

test('a row that did not change is not drawn again, and keeps the focus', async () => {
  const table = await draw(<Table {...given} />)
  const focused = table.place.querySelectorAll('tbody tr')[0]
  await acting(() => (focused as HTMLElement).focus())
  rendered.mockClear()
  await table.draw(<Table {...given} rows={[rows[0] ?? { id: '', waiting: 0 }, { id: 'b', waiting: 3 }]} />)
  expect(rendered.mock.calls.flat()).toEqual(['b'])
  expect(document.activeElement).toBe(focused)
  await table.remove()
})

test('a head that sorts says how, and asks for the other way', async () => {
  const onSort = vi.fn()
  const table = await draw(<Table {...given} sort={{ column: 'id', isDescending: true }} onSort={onSort} />)
  const head = table.place.querySelector('th[aria-sort]')
  expect(head?.getAttribute('aria-sort')).toBe('descending')
  await acting(() => head?.querySelector('button')?.click())
  expect(onSort).toHaveBeenCalledWith({ column: 'id', isDescending: false })
  await table.remove()
})

test('j and k walk through the rows, x selects, Enter opens', async () => {
  const onOpen = vi.fn()
  const onChange = vi.fn()
  const selection: Selection = {
    keys: new Set(['b']),
    label: (key) => `Select ${key}`,
    labelAll: 'Select all',
    onChange,
  }
  const table = await draw(<Table {...given} selection={selection} onOpen={onOpen} isMain />)
  const walk = (key: string) => acting(() => shortcuts.handle(new KeyboardEvent('keydown', { key })))
  await walk('j')
  await walk('j')
  const current = document.activeElement
  expect(current?.textContent).toContain('b')
  await acting(() => press('Enter', current ?? table.place))
  expect(onOpen).toHaveBeenCalledWith(rows[1])
  await acting(() => press('x', current ?? table.place))
  expect(onChange).toHaveBeenCalledWith(new Set())
  await walk('k')
  expect(document.activeElement?.textContent).toContain('a')
  await table.remove()
})
