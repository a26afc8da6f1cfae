import { expect, test } from 'vitest'
import { showValue } from './show-value.ts'

test('values are shown on one line, circles marked, lists and texts cut', () => {
  const circle: Record<string, unknown> = { code: 7 }
  circle.self = circle
  expect(showValue(circle)).toBe('<ref *1> { code: 7, self: [Circular *1] }')
  expect(showValue(Array(1000).fill('a'.repeat(50)))).not.toContain('\n')
  expect(showValue('x'.repeat(100_000)).length).toBeLessThan(1100)
})

test('what throws when it is read is still shown', () => {
  const refuse = (): never => {
    throw new Error('trap')
  }
  const hostile = {
    get secret() {
      return refuse()
    },
    [Symbol.toStringTag]: 'x',
    inspect: refuse,
  }
  expect(showValue(hostile)).toContain('[Getter]')
  expect(typeof showValue(new Proxy({}, { get: refuse, ownKeys: refuse, getPrototypeOf: refuse }))).toBe('string')
})
