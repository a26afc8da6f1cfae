// A station that works, idles and retries over and over; after each round, when it is idle, it says what it holds.
import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { defineJob } from '../../../src/client/define-job.ts'
import type { SoakSample, SoakSetup } from './soak-sample.ts'

const { address, stateDir, forMs } = JSON.parse(process.argv[2] ?? '') as SoakSetup
let retried = 0
const job = defineJob({
  name: 'soak',
  payload: z.object({ failures: z.number() }),
  tries: 3,
  backoff: '50ms',
  timeout: '10s',
  handle: async ({ failures }, { attempt, log }) => {
    log.info('at work')
    if (attempt > 1) retried++
    if (attempt <= failures) throw new Error('this run was told to fail')
  },
})
const stellwerk = await openStellwerk({ ...address, jobs: [job] })
const station = await stellwerk.work({ stateDir, concurrency: 8 })

function countKinds(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function sample(jobs: number): SoakSample {
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  const fds = existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : null
  return { atMs: performance.now(), jobs, retried, rss, heapUsed, fds, kinds: countKinds() }
}

let jobs = 0
for (let round = 0; performance.now() < forMs; round++) {
  const failures = [0, 1, 3]
  const requests = Array.from({ length: 60 }, (_, index) => job.with({ failures: failures[index % 10] ?? 0 }))
  await stellwerk.dispatchMany(requests)
  await Promise.all(Array.from({ length: 20 }, () => stellwerk.dispatch(job, { failures: 0 })))
  jobs += 80
  // Retries come due while it is idle.
  await station.untilIdle()
  await sleep(round % 5 === 0 ? 600 : 200)
  await station.untilIdle()
  process.stdout.write(`${JSON.stringify(sample(jobs))}\n`)
}
await stellwerk.close()
