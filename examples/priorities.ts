// Higher priorities go first, then what is preferred by weight, then first come, first served. A waiting job can be moved.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineJob, openStellwerk } from 'stellwerk'
import { z } from 'zod'

const send = defineJob({
  name: 'send',
  payload: z.object({ what: z.string() }),
  queue: 'mail',
  handle({ what }) {
    console.log(what)
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs: [send] })

await stellwerk.dispatch(send, { what: 'newsletter' }, { priority: 'low' })
await stellwerk.dispatch(send, { what: 'receipt' })
await stellwerk.dispatch(send, { what: 'receipt of a customer who waits at the till' }, { weight: 60 }) // as if a minute older
const invitation = await stellwerk.dispatch(send, { what: 'invitation' })
await stellwerk.dispatch(send, { what: 'password reset' }, { priority: 'critical' })
await stellwerk.prioritize(invitation.id, 'high')

// One at a time, so that the order shows. By default one claim in ten goes to the longest waiting: nothing starves.
const station = await stellwerk.work({ concurrency: 1, ageShare: 0, stateDir: folder })
await station.untilIdle()

await stellwerk.close()
await rm(folder, { recursive: true })
