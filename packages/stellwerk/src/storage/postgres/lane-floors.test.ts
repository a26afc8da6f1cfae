import { expect, test } from 'vitest'
import { LaneFloors } from './lane-floors.ts'

const lane = { queue: 'mail', type: 'send', inBatch: false, priority: 0 }
const head = (key: number, position: number) => ({ ...lane, key, position })

/** Whole looks of 100 ms each; the last one ends at 1,000. */
function afterLongLooks(count: number): LaneFloors {
  const floors = new LaneFloors()
  for (let look = count; look > 0; look--) floors.sawAll([head(1, 50), head(2, 70)], 900, 1_000)
  return floors
}

test('while looks are quick every one is whole, and claims begin at the first row', () => {
  const floors = new LaneFloors()
  floors.sawAll([head(1, 50)], 0, 5)
  floors.took(1, { position: 60, id: 7 })
  expect(floors.at(6)).toBeUndefined()
  expect(floors.of(1)).toBeUndefined()
})

test('a few looks that took long may have waited for a processor', () => {
  expect(afterLongLooks(7).at(1_001)).toBeUndefined()
  expect(afterLongLooks(7).of(1)).toBeUndefined()
})

test('after the eighth lanes are looked at from their heads on, for nine times as long as a whole look takes', () => {
  const floors = afterLongLooks(8)
  expect(floors.at(1_899)).toEqual([
    { key: 1, position: 50, id: 0 },
    { key: 2, position: 70, id: 0 },
  ])
  expect(floors.at(1_900)).toBeUndefined()
})

test('a claim raises the floor of its lane alone', () => {
  const floors = afterLongLooks(8)
  floors.took(1, { position: 60, id: 7 })
  expect(floors.of(1)).toEqual({ position: 60, id: 7 })
  expect(floors.of(2)).toEqual({ position: 70, id: 0 })
  expect(floors.of(3)).toBeUndefined()
  expect(floors.of(undefined)).toBeUndefined()
})

test('a whole look lowers a floor again: what came before it is found', () => {
  const floors = afterLongLooks(8)
  floors.took(1, { position: 60, id: 7 })
  floors.sawAll([head(1, 40)], 2_000, 2_100)
  expect(floors.of(1)).toEqual({ position: 40, id: 0 })
  expect(floors.of(2), 'a lane that is empty now keeps its floor').toEqual({ position: 70, id: 0 })
})

test('where a short look finds nothing a whole one is due, and a quick one ends all this', () => {
  const floors = afterLongLooks(8)
  floors.sawNothing()
  expect(floors.at(1_001)).toBeUndefined()
  floors.sawAll([head(1, 50)], 1_002, 1_004)
  expect(floors.at(1_005)).toBeUndefined()
  expect(floors.of(1)).toBeUndefined()
})

test('of more lanes than a thousand those that were seen last are known', () => {
  const floors = afterLongLooks(8)
  for (let key = 10; key < 1_100; key++) floors.took(key, { position: key, id: key })
  expect(floors.at(1_001)).toHaveLength(1_000)
  expect(floors.of(1)).toBeUndefined()
  expect(floors.of(1_099)).toEqual({ position: 1_099, id: 1_099 })
})
