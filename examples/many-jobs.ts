// Many jobs in one durable statement, all or none, run side by side; counters say how far they are.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineJob, openStellwerk } from 'stellwerk'
import { z } from 'zod'

let sum = 0

const add = defineJob({
  name: 'add',
  payload: z.object({ n: z.number() }),
  queue: 'sums',
  handle({ n }) {
    sum += n
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs: [add] })

const jobs = await stellwerk.dispatchMany(Array.from({ length: 5_000 }, (_, n) => add.with({ n: n + 1 })))
console.log(`dispatched ${jobs.length}`)

const station = await stellwerk.work({ concurrency: 100, stateDir: folder })
await station.untilIdle()

const [queue] = await stellwerk.queues()
console.log(`queue ${queue?.queue}: ${queue?.counts.completed} completed, ${queue?.counts.pending} pending`)
console.log(`sum ${sum}`)

await stellwerk.close()
await rm(folder, { recursive: true })
