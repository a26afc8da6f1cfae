import { expect, test } from 'vitest'
import { coverage, nothingSelected, selectRange, toggleAll, toggleRow } from './selection.ts'

const shown = ['9', '8', '7', '6', '5']

test('a row is chosen and let go by the same key', () => {
  const chosen = toggleRow(nothingSelected, '8')
  expect([...chosen.ids]).toEqual(['8'])
  expect([...toggleRow(chosen, '8').ids]).toEqual([])
})

test('a range reaches from the row chosen last, in either direction', () => {
  const anchored = toggleRow(nothingSelected, '7')
  expect([...selectRange(anchored, '5', shown).ids]).toEqual(['7', '6', '5'])
  expect([...selectRange(anchored, '9', shown).ids].toSorted()).toEqual(['7', '8', '9'])
})

test('a second range starts at the same row', () => {
  const first = selectRange(toggleRow(nothingSelected, '7'), '6', shown)
  expect(selectRange(first, '9', shown).anchor).toBe('7')
})

test('a range without a start in sight is its one row', () => {
  expect([...selectRange(nothingSelected, '6', shown).ids]).toEqual(['6'])
  expect([...selectRange(toggleRow(nothingSelected, 'gone'), '6', shown).ids]).toEqual(['gone', '6'])
})

test('a row that is not shown is the end of no range', () => {
  const anchored = toggleRow(nothingSelected, '7')
  expect(selectRange(anchored, 'gone', shown)).toBe(anchored)
})

test('all on the page, and none of the page, leave rows of other pages as they are', () => {
  const other = toggleRow(nothingSelected, '1')
  const all = toggleAll(other, shown)
  expect(all.ids.size).toBe(6)
  expect(coverage(all, shown)).toBe('all')
  expect([...toggleAll(all, shown).ids]).toEqual(['1'])
  expect(coverage(toggleRow(all, '9'), shown)).toBe('some')
  expect(coverage(other, shown)).toBe('none')
})

test('an empty page has nothing to choose', () => {
  expect(coverage(nothingSelected, [])).toBe('none')
  expect(toggleAll(nothingSelected, []).ids.size).toBe(0)
})
