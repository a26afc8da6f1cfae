import { expect, test } from 'vitest'
import { workerIdOf } from './worker-id.ts'

test('the id of a worker shows by its prefix that it is none of a job or a station', () => {
  expect(workerIdOf('00f3a9c15be27d84')).toBe('w_00f3a9c15be27d84')
})
