import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { jobStates, waitingStates } from './job-state.ts'
import { drawTransitions, isAllowed, transitions } from './transitions.ts'

const page = readFileSync(new URL('../../../../../docs/concepts/states.md', import.meta.url), 'utf8')

test('the drawing in the docs is the table', () => {
  expect(/```mermaid\n([\s\S]*?)\n```/.exec(page)?.[1]).toBe(drawTransitions())
})

test('the page explains every state and every move', () => {
  for (const state of jobStates) expect(page).toMatch(new RegExp(`^\\| \\*\\*${state}\\*\\* +\\|`, 'm'))
  for (const { name } of transitions) expect(page).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'))
})

test('of the 81 pairs exactly these are allowed', () => {
  const ends = [null, ...jobStates]
  const pairs = ends.flatMap((from) =>
    ends.filter((to) => isAllowed(from, to)).map((to) => `${from ?? '∅'} → ${to ?? '∅'}`),
  )
  expect(pairs).toEqual([
    '∅ → scheduled',
    '∅ → pending',
    '∅ → blocked',
    'scheduled → pending',
    'scheduled → blocked',
    'scheduled → cancelled',
    'pending → processing',
    'pending → cancelled',
    'blocked → pending',
    'blocked → cancelled',
    'processing → scheduled',
    'processing → pending',
    'processing → retrying',
    'processing → completed',
    'processing → failed',
    'processing → cancelled',
    'retrying → pending',
    'retrying → blocked',
    'retrying → cancelled',
    'completed → ∅',
    'completed → pending',
    'failed → ∅',
    'failed → pending',
    'cancelled → ∅',
    'cancelled → pending',
  ])
})

test('a job begins to run only by a claim, and a final state is left only by a retry or for good', () => {
  expect(transitions.filter(({ to }) => to === 'processing').map(({ name, from }) => [name, from])).toEqual([
    ['T3', 'pending'],
  ])
  for (const { from, name } of transitions) {
    if (from === 'completed' || from === 'failed' || from === 'cancelled') expect(['T10', 'T11']).toContain(name)
  }
})

test('every waiting job can be cancelled, and none is deleted before it is final', () => {
  for (const state of waitingStates) expect(isAllowed(state, 'cancelled')).toBe(true)
  for (const state of [...waitingStates, 'processing'] as const) expect(isAllowed(state, null)).toBe(false)
})
