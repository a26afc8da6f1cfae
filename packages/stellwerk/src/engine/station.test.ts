import { expect, onTestFinished, test, vi } from 'vitest'
import { newJob, openTestStore, temporaryFolder } from '../../test/temporary-store.ts'
import { defineJob } from '../client/define-job.ts'
import type { DirectTaker } from '../client/direct-taker.ts'
import { JobRegistry } from '../client/job-registry.ts'
import { Stellwerk } from '../client/stellwerk.ts'
import { trustedActor } from '../domain/actor.ts'
import { silentLog } from '../std/log.ts'
import { sleep } from '../std/sleep.ts'
import { startStation } from './start-station.ts'

test('a station is not idle while a job of its own process is on its way into its hands', async () => {
  const store = await openTestStore()
  let taker: DirectTaker | undefined
  const stellwerk = new Stellwerk({
    store,
    registry: new JobRegistry([defineJob({ name: 'send', handle: () => undefined })]),
    log: silentLog,
    actor: trustedActor('application', 'test'),
    installationId: await store.schema.installationId(),
    maxPayloadBytes: 262_144,
    loadControlRoom: () => Promise.reject(new Error('there is no control room here')),
    startStation: async (parts, dispatching, options) => {
      const started = await startStation({ ...parts, ...dispatching }, options)
      taker = started.taker
      return started
    },
  })
  onTestFinished(() => stellwerk.close())
  const station = await stellwerk.work({ stateDir: temporaryFolder() })
  await station.untilIdle()
  const offer = await vi.waitFor(() => {
    const offered = taker?.offer([newJob({ type: 'send' })])
    expect(offered).toBeDefined()
    return offered
  }, 20_000)

  const idle = station.untilIdle().then(() => 'idle')
  const first = await Promise.race([idle, sleep(100).then(() => 'waits')])
  offer?.release()
  expect(first).toBe('waits')
  expect(await idle).toBe('idle')
})
