// A station that works, idles and retries over and over; after each round, when it is idle, it says what it and its worker hold.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { holdings } from './holdings.ts'
import { hold, soak } from './soak-jobs.ts'
import type { Holdings, SoakSample, SoakSetup } from './soak-sample.ts'

const { address, stateDir, forMs, executor } = JSON.parse(process.argv[2] ?? '') as SoakSetup
const stellwerk = await openStellwerk({ ...address, jobs: executor === 'inline' ? [soak, hold] : [] })
let retried = 0
const modules = [fileURLToPath(new URL('./soak-jobs.ts', import.meta.url))]
const station = await stellwerk.work({
  stateDir,
  concurrency: 8,
  ...(executor === 'process' && { executor, modules, processes: 1 }),
  onEvent: (event) => {
    if (event.kind === 'ended' && event.outcome === 'retrying') retried++
  },
})

async function workerHoldings(): Promise<Holdings> {
  const { id } = await stellwerk.dispatch(hold, undefined)
  await station.untilIdle()
  return JSON.parse(String((await stellwerk.job(id)).result)) as Holdings
}

async function sample(jobs: number): Promise<SoakSample> {
  const worker = await workerHoldings()
  return { atMs: performance.now(), jobs, retried, station: holdings(), worker }
}

/** A busy machine gets the time it needs. */
const leastRounds = 12
let jobs = 0
for (let round = 0; round < leastRounds || performance.now() < forMs; round++) {
  const failures = [0, 1, 3]
  const requests = Array.from({ length: 60 }, (_, index) => soak.with({ failures: failures[index % 10] ?? 0 }))
  await stellwerk.dispatchMany(requests)
  await Promise.all(Array.from({ length: 20 }, () => stellwerk.dispatch(soak, { failures: 0 })))
  jobs += 80
  // Retries come due while it is idle.
  await station.untilIdle()
  await sleep(round % 5 === 0 ? 600 : 200)
  await station.untilIdle()
  process.stdout.write(`${JSON.stringify(await sample(jobs))}\n`)
}
await stellwerk.close()
