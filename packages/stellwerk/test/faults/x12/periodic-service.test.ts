import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FailureLog } from '../../../src/engine/failure-log.ts'
import { PeriodicService } from '../../../src/engine/periodic-service.ts'
import { silentLog } from '../../../src/std/log.ts'
import { interleave } from './interleave.ts'

test('X12: a nudge is followed by a pass, passes never overlap, and none begins after the stop', {
  timeout: 1_800_000,
}, async () => {
  await interleave('periodic service', () =>
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.boolean(), { maxLength: 4 }),
      async (scheduler, nudges, failing) => {
        const fails = [...failing]
        let wanted = 0
        let seen = 0
        let running = 0
        let stopped = false
        const all = Promise.withResolvers<void>()
        const service = new PeriodicService({
          name: 'probe',
          intervalMs: 3_600_000,
          failures: new FailureLog(silentLog),
          pass: async () => {
            expect([stopped, ++running]).toEqual([false, 1])
            seen = wanted
            await scheduler.schedule(Promise.resolve(), 'pass')
            running--
            if (seen === nudges) all.resolve()
            if (fails.shift() === true) throw new Error('this pass was told to fail')
          },
        })
        service.start()
        service.start()
        for (let nudge = 0; nudge < nudges; nudge++)
          void scheduler.schedule(Promise.resolve(), 'nudge').then(() => {
            wanted++
            service.nudge()
          })
        await scheduler.waitFor(all.promise)
        await scheduler.waitFor(Promise.all([service.stop(), service.stop()]))
        stopped = true
        service.nudge()
        expect(running).toBe(0)
      },
    ),
  )
})
