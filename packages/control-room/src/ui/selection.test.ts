import { expect, test } from 'vitest'
import { addRange, coverage, toggleAll, toggleKey } from './selection.ts'

const shown = ['9', '8', '7', '6', '5']
const none = new Set<string>()

test('a row is chosen and let go by the same key', () => {
  const chosen = toggleKey(none, '8')
  expect([...chosen]).toEqual(['8'])
  expect([...toggleKey(chosen, '8')]).toEqual([])
})

test('a range reaches from the row chosen last, in either direction', () => {
  const keys = new Set(['7'])
  expect([...addRange(keys, { anchor: '7', key: '5' }, shown)]).toEqual(['7', '6', '5'])
  expect([...addRange(keys, { anchor: '7', key: '9' }, shown)].toSorted()).toEqual(['7', '8', '9'])
})

test('a range without a start in sight is its one row', () => {
  expect([...addRange(none, { anchor: null, key: '6' }, shown)]).toEqual(['6'])
  expect([...addRange(new Set(['gone']), { anchor: 'gone', key: '6' }, shown)]).toEqual(['gone', '6'])
})

test('a row that is not shown is the end of no range', () => {
  const keys = new Set(['7'])
  expect(addRange(keys, { anchor: '7', key: 'gone' }, shown)).toBe(keys)
})

test('all on the page, and none of the page, leave rows of other pages as they are', () => {
  const all = toggleAll(new Set(['1', '8']), shown)
  expect(all.size).toBe(6)
  expect(coverage(all, shown)).toBe('all')
  expect([...toggleAll(all, shown)]).toEqual(['1'])
  expect(coverage(toggleKey(all, '9'), shown)).toBe('some')
  expect(coverage(new Set(['1']), shown)).toBe('none')
})

test('an empty page has nothing to choose', () => {
  expect(coverage(none, [])).toBe('none')
  expect(toggleAll(none, []).size).toBe(0)
})
