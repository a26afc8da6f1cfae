import { expect, test } from 'vitest'
import { jobStates } from './job-state.ts'
import { possibleActions } from './possible-actions.ts'
import { transitions } from './transitions.ts'

test('what is offered is a move that an operator can make', () => {
  const retried = transitions.filter(({ name }) => name === 'T10').map(({ from }) => from)
  const cancelled = transitions.filter(({ name }) => name === 'T9').map(({ from }) => from)
  for (const state of jobStates) {
    const actions = possibleActions(state, true)
    expect({ state, retry: actions.includes('retry') }).toEqual({ state, retry: retried.includes(state) })
    expect({ state, cancel: actions.includes('cancel') }).toEqual({ state, cancel: cancelled.includes(state) })
    expect(actions.includes('prioritize')).toBe(actions.includes('cancel') && state !== 'processing')
    expect(actions.includes('delete')).toBe(state !== 'processing')
    expect(actions.includes('archive')).toBe(state === 'completed' || state === 'cancelled')
  }
})

test('without its payload a job cannot be retried', () => {
  expect(possibleActions('completed', false)).toEqual(['delete', 'archive'])
  expect(possibleActions('pending', false)).toEqual(['cancel', 'delete', 'prioritize'])
})

test('what is archived can be released, and not archived again', () => {
  expect(possibleActions('cancelled', true, true)).toEqual(['retry', 'delete', 'release'])
  expect(possibleActions('failed', true, true)).toEqual(['retry', 'delete'])
})
