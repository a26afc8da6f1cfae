import { expect, test } from 'vitest'
import { makeOrder } from '../../../test/fixtures/orders.ts'
import { workerList } from '../../../test/fixtures/workers.ts'
import { workerWords } from '../workers/worker-words.ts'
import { readProcesses } from './order-dialog.tsx'
import { reachOf } from './order-reach.ts'
import { effectText, orderTargetText, orderText, targetText } from './order-words.ts'

const { orders: words } = workerWords.en
const machineOf = () => 'web-7'

test('a target is named as people name it, and what is hidden in a name is shown', () => {
  expect(targetText({ worker: 'w_0a3f91c27be45d18' }, words.target, machineOf)).toBe('worker w_0a3f91c2')
  expect(targetText({ pool: 'emails\u202e' }, words.target, machineOf)).toBe('pool emails\\u202e')
  expect(targetText({ pool: 'emails', station: 's' }, words.target, machineOf)).toBe('pool emails on web-7')
  expect(targetText({ all: true }, words.target, machineOf)).toBe('all workers')
  expect(orderTargetText(makeOrder('1'), words.target, machineOf)).toBe('the station on web-7')
  expect(orderTargetText(makeOrder('1', { kind: 'cancel_job', job: '7' }), words.target, machineOf)).toBe('job 7')
})

test('an order is one sentence in each language', () => {
  const told = (order: Parameters<typeof makeOrder>[1]) => [
    orderText(makeOrder('1', order), words, machineOf),
    orderText(makeOrder('1', order), workerWords.de.orders, machineOf),
  ]
  expect(told({ kind: 'scale', pool: 'emails', processes: 12 })).toEqual([
    'Scale pool emails on web-7 to 12',
    'Pool emails auf web-7: auf 12 Prozesse',
  ])
  expect(told({ kind: 'restart', worker: 'w_0a3f91c27be45d18' })).toEqual([
    'Restart worker w_0a3f91c2',
    'Worker w_0a3f91c2 neu starten',
  ])
  expect(told({ kind: 'cancel_job', job: '18830112' })).toEqual(['Cancel job 18830112', 'Job 18830112 abbrechen'])
})

test('the effect of an order names how many workers and running jobs it meets', () => {
  const reach = reachOf({ pool: 'emails' }, workerList)
  expect(effectText('pause', reach, words)).toBe(
    '4 workers will take no jobs until somebody resumes them. 6 jobs that run go on to their end.',
  )
  expect(effectText('stop_now', reach, words)).toContain('6 jobs that run are broken off')
})

test('to stop a station is told apart from stopping workers: it cannot be started again from here', () => {
  const reach = reachOf({ all: true }, workerList)
  expect(effectText('stop', reach, words)).toContain('only on its machine')
  expect(effectText('stop_now', reach, words)).toContain('only on its machine')
})

test.for([
  ['1', 1],
  [' 8 ', 8],
  ['0', null],
  ['9', null],
  ['2.5', null],
  ['', null],
  ['-1', null],
] as const)('%j processes of 1 to 8 are %j', ([text, processes]) => {
  expect(readProcesses(text, { min: 1, max: 8, now: 2 })).toBe(processes)
})
