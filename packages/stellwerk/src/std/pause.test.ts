import { expect, test } from 'vitest'
import { Pause } from './pause.ts'

test('a pause ends by itself', async () => {
  const before = performance.now()
  await new Pause().wait(5)
  expect(performance.now() - before).toBeGreaterThanOrEqual(4)
})

test('a cut ends the pause under way at once', async () => {
  const pause = new Pause()
  const waiting = pause.wait(60_000)
  pause.cut()
  await waiting
})

test('a cut before the wait is not slept through, one before the arming is forgotten', async () => {
  const pause = new Pause()
  pause.arm()
  pause.cut()
  await pause.wait(60_000)
  pause.arm()
  const before = performance.now()
  await pause.wait(5)
  expect(performance.now() - before).toBeGreaterThanOrEqual(4)
})
