// A job that fails is tried again after a pause, and keeps what went wrong. One that can never succeed says so.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { defineJob, openStellwerk } from 'stellwerk'
import { z } from 'zod'

const fetchReport = defineJob({
  name: 'fetch-report',
  payload: z.object({ url: z.string() }),
  tries: 3,
  backoff: ['50ms', '100ms'], // after the first failure, after every later one
  handle({ url }, { attempt, fail }) {
    if (!url.startsWith('https:')) fail(`${url} is not a secure address`) // no retry would help
    if (attempt < 3) throw new Error(`connection reset (attempt ${attempt})`)
    return { bytes: 1_024 }
  },
  failed({ url }, { failure }) {
    console.log(`given up on ${url}: ${failure.message}`) // runs once, when no try is left
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs: [fetchReport] })
const flaky = await stellwerk.dispatch(fetchReport, { url: 'https://example.org/report' })
const hopeless = await stellwerk.dispatch(fetchReport, { url: 'ftp://example.org/report' })

const station = await stellwerk.work({ stateDir: folder })
await untilOver(flaky.id)
await untilOver(hopeless.id)
await station.stop()

const { attempts, job } = await stellwerk.jobDetails(flaky.id)
console.log(`job ${job.id} is ${job.state} after ${job.attempt} attempts`)
for (const { attempt, message } of attempts) console.log(`  attempt ${attempt}: ${message}`)
const other = await stellwerk.job(hopeless.id)
console.log(`job ${other.id} is ${other.state} after ${other.attempt} attempt: ${other.errorMessage}`)

await stellwerk.close()
await rm(folder, { recursive: true })

async function untilOver(id: number): Promise<void> {
  while (!['completed', 'failed'].includes((await stellwerk.job(id)).state)) await pause(20)
}
