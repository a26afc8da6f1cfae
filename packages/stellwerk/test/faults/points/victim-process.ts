// One process that dispatches and works, and meets its fault at one point of one store call.
import { openSync, writeSync } from 'node:fs'
import { sharedClockMs } from '../../../src/std/shared-clock.ts'
import type { FaultPayload } from '../checker/history-event.ts'
import { tell } from '../storm/report-line.ts'
import { stormJob } from '../storm/storm-jobs.ts'
import { tellEvent, tellIdentity } from '../storm/tell-station.ts'
import { armAt } from './arm-at.ts'
import { openNamed } from './open-named.ts'
import type { VictimSetup } from './victim-setup.ts'

const setup = JSON.parse(process.argv[2] ?? '') as VictimSetup
const sink = openSync(setup.sinkPath, 'a')
const job = stormJob(
  ({ id, claimSeq, phase }) => writeSync(sink, `${id} ${claimSeq} ${phase}\n`),
  (id, claimSeq) => tell({ e: 'aborted', id, claimSeq }),
)
armAt(setup)

const stellwerk = await openNamed(setup.address, [job])

async function dispatch(count: number, delayMs: number): Promise<void> {
  const payloads = Array.from({ length: count }, (_, index): FaultPayload => {
    const key = `${process.pid}-${delayMs}-${index}`
    return { key, ms: 5 * index, failures: index === 1 ? 1 : index === 2 ? 3 : 0, poison: false }
  })
  const jobs = await stellwerk.dispatchMany(
    payloads.map((payload) => ({ ...job.with(payload), options: { delay: delayMs } })),
  )
  tell({ e: 'acked', jobs: jobs.map(({ id }, index) => [id, payloads[index] as FaultPayload] as const) })
}

await dispatch(5, 0)
await dispatch(3, 200)
const station = await stellwerk.work({
  ...{ concurrency: 4, lease: setup.leaseMs, stateDir: setup.stateDir, grace: '5s' },
  onEvent: tellEvent,
})
const endTelling = tellIdentity(station)
const startedMs = sharedClockMs()
process.stdin.resume().once('end', async () => {
  endTelling()
  // The sweep of a rescuer comes after a lease of contact: until then there is something to meet.
  while (setup.fault === 'none' && sharedClockMs() - startedMs < 3 * setup.leaseMs)
    await new Promise((resolve) => setTimeout(resolve, 50))
  await stellwerk.close()
})
