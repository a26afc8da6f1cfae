import { expect, test } from 'vitest'
import { workerList } from '../../../test/fixtures/workers.ts'
import { groupByMachine, groupByPool, machineName, statusCounts } from './worker-groups.ts'
import { formFor, workersSearch } from './workers-search.ts'

test('by pool, each pool is one group on all machines, also one without a process', () => {
  const { present, past } = groupByPool(workerList)
  expect(present.map(({ key, workers, pools }) => [key, workers.length, pools.length])).toEqual([
    ['emails', 5, 2],
    ['images', 1, 1],
    ['reports', 0, 1],
  ])
  expect(past.map(({ workers }) => workers.map(({ status }) => status))).toEqual([['stopped']])
})

test('by machine, living stations come first, lost ones stay in sight, stopped ones are past', () => {
  const { present, past } = groupByMachine(workerList)
  expect(present.map(({ station }) => [station?.host, station?.state])).toEqual([
    ['old-1.example', 'alive'],
    ['web-7.example', 'alive'],
    ['web-8.example', 'alive'],
    ['web-3.example', 'lost'],
  ])
  expect(past.map(({ station }) => station?.host)).toEqual(['web-2.example'])
})

test('what is wrong is counted first, and what there is none of not at all', () => {
  expect(statusCounts(workerList.statistics)).toEqual([
    ['lost', 1],
    ['paused', 1],
    ['draining', 1],
    ['active', 2],
    ['idle', 1],
  ])
})

test('a machine is told by host and label, and by its id where another has the same label', () => {
  const station = { host: 'web-7', id: '80fea49a-25fa', label: 'blue', sharesLabel: false }
  expect(machineName({ ...station, label: null })).toBe('web-7')
  expect(machineName(station)).toBe('blue · web-7')
  expect(machineName({ ...station, sharesLabel: true })).toBe('blue (80fea49a) · web-7')
})

test('more than sixty workers are a grid unless the address says otherwise', () => {
  expect(formFor('auto', 60)).toBe('table')
  expect(formFor('auto', 61)).toBe('grid')
  expect(formFor('table', 61)).toBe('table')
  expect(workersSearch.read('?by=machine&form=nonsense')).toEqual({ by: 'machine', form: 'auto' })
})
