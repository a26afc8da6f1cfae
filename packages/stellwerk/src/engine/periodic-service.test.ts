import { expect, test, vi } from 'vitest'
import { deferred } from '../std/deferred.ts'
import { silentLog } from '../std/log.ts'
import { FailureLog } from './failure-log.ts'
import { PeriodicService, type PeriodicServiceOptions } from './periodic-service.ts'

function service(pass: PeriodicServiceOptions['pass'], intervalMs = 3_600_000): PeriodicService {
  return new PeriodicService({ name: 'probe', intervalMs, failures: new FailureLog(silentLog), pass })
}

test('stop waits for the pass under way, and may be repeated', async () => {
  const gate = deferred()
  const pass = vi.fn(() => gate.promise)
  const probe = service(pass, 1)
  probe.start()
  const stopped = Promise.all([probe.stop(), probe.stop()])
  gate.resolve()
  await stopped
  expect(pass).toHaveBeenCalledOnce()
})

test('stop before start leaves nothing to run', async () => {
  const pass = vi.fn(async () => undefined)
  const probe = service(pass)
  await probe.stop()
  probe.start()
  await probe.stop()
  expect(pass).not.toHaveBeenCalled()
})

test('a pass that fails is repeated', async () => {
  const thrice = deferred()
  let passes = 0
  const probe = service(async () => {
    passes++
    if (passes === 3) thrice.resolve()
    throw new Error('again')
  }, 1)
  probe.start()
  await thrice.promise
  await probe.stop()
})

test('a pass says how long to wait, and a nudge cuts any pause short, also one that is still to come', async () => {
  const reached = [deferred(), deferred(), deferred(), deferred()]
  let passes = 0
  const probe = service(async () => {
    reached[passes]?.resolve()
    passes++
    if (passes === 3) probe.nudge()
    return passes === 1 ? 1 : undefined
  })
  probe.start()
  await reached[1]?.promise
  probe.nudge()
  await reached[2]?.promise
  await reached[3]?.promise
  await probe.stop()
  expect(passes).toBe(4)
})

test('a hundred starts and stops at random moments leave nothing behind', async () => {
  for (let round = 0; round < 100; round++) {
    let running = 0
    const probe = service(async () => {
      running++
      expect(running).toBe(1)
      await Promise.resolve()
      running--
    }, round % 3)
    const calls = Array.from({ length: 6 }, (_, call) =>
      Promise.resolve().then(() => (call % 2 === round % 2 ? probe.start() : call > 3 ? probe.stop() : probe.nudge())),
    )
    await Promise.all(calls)
    await probe.stop()
    expect(running).toBe(0)
  }
})

test('a notification begins the next pass, and none is listened to after the stop', async () => {
  const listeners = new Set<() => void>()
  const wake = {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const passes = [deferred(), deferred()]
  let at = 0
  const pass = async (): Promise<void> => passes[at++]?.resolve()
  const probe = new PeriodicService({
    name: 'probe',
    intervalMs: 3_600_000,
    failures: new FailureLog(silentLog),
    wake,
    pass,
  })
  probe.start()
  await passes[0]?.promise
  for (const listener of listeners) listener()
  await passes[1]?.promise
  await probe.stop()
  expect(listeners.size).toBe(0)
})

test('however often it is nudged, passes keep their distance', async () => {
  const begun: number[] = []
  const thrice = deferred()
  const probe = new PeriodicService({
    name: 'probe',
    intervalMs: 3_600_000,
    leastMs: 40,
    failures: new FailureLog(silentLog),
    pass: async () => {
      begun.push(performance.now())
      if (begun.length === 3) thrice.resolve()
      setImmediate(() => probe.nudge())
    },
  })
  probe.start()
  await thrice.promise
  await probe.stop()
  const gaps = begun.slice(1).map((time, at) => time - (begun[at] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(39)
})
