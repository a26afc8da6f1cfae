import { expect, test } from 'vitest'
import { ResourceMeter } from './resource-meter.ts'

/** Keeps the CPU busy until the process has used so much of it. */
function burn(ms: number): void {
  const begun = process.cpuUsage()
  let used = 0
  while (used < ms) {
    const { user, system } = process.cpuUsage(begun)
    used = (user + system) / 1_000
  }
}

test('with one handler the CPU time is its own', () => {
  const meter = new ResourceMeter(() => 1)
  const before = meter.refresh()
  burn(20)
  const after = meter.refresh()
  expect(after.cpuMs - before.cpuMs).toBeGreaterThanOrEqual(20)
  expect(after.memoryBytes).toBeGreaterThan(1_000_000)
})

test('with several it is shared evenly among those that run', () => {
  const meter = new ResourceMeter(() => 4)
  const alone = new ResourceMeter(() => 1)
  // What the test itself uses between two looks is in the whole.
  const whole = alone.refresh()
  const before = meter.refresh()
  burn(40)
  const share = meter.refresh().cpuMs - before.cpuMs
  const all = alone.refresh().cpuMs - whole.cpuMs
  expect(share).toBeGreaterThanOrEqual(10)
  expect(share).toBeLessThanOrEqual(all / 4 + 1)
})

test('a sample serves for 5 ms', () => {
  const meter = new ResourceMeter(() => 1)
  const first = meter.read(1_000)
  expect(meter.read(1_004.9)).toBe(first)
  expect(meter.read(1_005)).not.toBe(first)
})
