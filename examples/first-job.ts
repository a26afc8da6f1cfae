// A typed job: defined once, dispatched, run by a station in this process.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineJob, openStellwerk } from 'stellwerk'
import { z } from 'zod'

const greet = defineJob({
  name: 'greet',
  payload: z.object({ name: z.string() }),
  handle({ name }) {
    console.log(`hello, ${name}`)
    return { greeted: name }
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-')) // an application names a file that stays
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs: [greet] })

const { id } = await stellwerk.dispatch(greet, { name: 'Ada' }) // durable from here on

const station = await stellwerk.work({ stateDir: folder })
await station.untilIdle()

const job = await stellwerk.job(id)
console.log(`job ${job.id} is ${job.state}, its result is ${job.result}`)

await stellwerk.close()
await rm(folder, { recursive: true })
