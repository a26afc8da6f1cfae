import { expect, test } from 'vitest'
import { shownStatus } from './worker-life.ts'

test('a worker is what it said last while its station lives', () => {
  expect(shownStatus('active', 'alive')).toBe('active')
  expect(shownStatus('paused', 'alive')).toBe('paused')
})

test('a worker whose station is lost is lost, unless it had ended before', () => {
  expect(shownStatus('active', 'lost')).toBe('lost')
  expect(shownStatus('idle', 'lost')).toBe('lost')
  expect(shownStatus('failed', 'lost')).toBe('failed')
  expect(shownStatus('stopped', 'lost')).toBe('stopped')
})

test('a worker of a station that has stopped has stopped as well', () => {
  expect(shownStatus('active', 'stopped')).toBe('stopped')
  expect(shownStatus('failed', 'stopped')).toBe('failed')
})
