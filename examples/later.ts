// A job can wait: for a while, or until a time. It can be taken back as long as it waits.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { defineJob, openStellwerk } from 'stellwerk'
import { z } from 'zod'

const remind = defineJob({
  name: 'remind',
  payload: z.object({ what: z.string() }),
  handle({ what }) {
    console.log(`remember: ${what}`)
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs: [remind] })

await stellwerk.dispatch(remind, { what: 'tea' }, { delay: '2s' })
await stellwerk.dispatch(remind, { what: 'dentist' }, { runAt: new Date('2099-01-31T08:00:00Z') })

const station = await stellwerk.work({ stateDir: folder })
const { jobs: waiting } = await stellwerk.jobs({ states: ['scheduled'] })
for (const { id, runAt } of waiting) {
  if (runAt > Date.parse('2099-01-01')) {
    await stellwerk.cancel(id)
    console.log(`job ${id} is ${(await stellwerk.job(id)).state}`)
  }
}
while ((await stellwerk.job(1)).state !== 'completed') await pause(20)
await station.stop()

await stellwerk.close()
await rm(folder, { recursive: true })
