import { expect, test } from 'vitest'
import { CursorTrail } from './cursor-trail.ts'

test('a page leads back to the one it was reached from', () => {
  const trail = new CursorTrail()
  trail.note('b', '')
  trail.note('c', 'b')
  expect(trail.before('c')).toBe('b')
  expect(trail.before('b')).toBe('')
})

test('a pasted page and the first one lead back nowhere', () => {
  const trail = new CursorTrail()
  trail.note('', 'b')
  expect(trail.before('pasted')).toBeNull()
  expect(trail.before('')).toBeNull()
})
