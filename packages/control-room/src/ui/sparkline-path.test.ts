import { expect, test } from 'vitest'
import { sparklineArea, sparklinePoints } from './sparkline-path.ts'

const box = { width: 120, height: 24, least: 1 }

test('the largest value touches the top, and 0 the bottom', () => {
  expect(sparklinePoints([0, 5, 10], box)).toBe('0.0,24.0 60.0,12.0 120.0,0.0')
})

test('very little looks like little', () => {
  expect(sparklinePoints([0, 1], { ...box, least: 10 })).toBe('0.0,24.0 120.0,21.6')
})

test('nothing at all lies on the bottom, and is no error', () => {
  expect(sparklinePoints([0, 0], box)).toBe('0.0,24.0 120.0,24.0')
  expect(sparklineArea([], box)).toBe('0,24  120,24')
})
