// Any Standard Schema validator checks payloads: zod, valibot, arktype. Dispatch takes the schema's input, the handler gets its output.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type } from 'arktype'
import { defineJob, isStellwerkError, openStellwerk } from 'stellwerk'
import * as v from 'valibot'
import { z } from 'zod'

const withZod = defineJob({
  name: 'with-zod',
  payload: z.object({ day: z.iso.date().transform((text) => new Date(text)) }),
  handle({ day }) {
    console.log(`zod: a date of ${day.getUTCFullYear()}`)
  },
})

const withValibot = defineJob({
  name: 'with-valibot',
  payload: v.object({ name: v.pipe(v.string(), v.trim()) }),
  handle({ name }) {
    console.log(`valibot: '${name}'`)
  },
})

const withArktype = defineJob({
  name: 'with-arktype',
  payload: type({ count: 'number.integer > 0' }),
  handle({ count }) {
    console.log(`arktype: ${count + 1}`)
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const jobs = [withZod, withValibot, withArktype]
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs })

await stellwerk.dispatch(withZod, { day: '2027-01-31' }, { priority: 3 })
await stellwerk.dispatch(withValibot, { name: '  Ada ' }, { priority: 2 })
await stellwerk.dispatch(withArktype, { count: 41 }, { priority: 1 })
try {
  await stellwerk.dispatch(withArktype, { count: 0 })
} catch (error) {
  if (!isStellwerkError(error, 'PAYLOAD_INVALID')) throw error
  console.log(error.message)
}

const station = await stellwerk.work({ concurrency: 1, ageShare: 0, stateDir: folder })
await station.untilIdle()

await stellwerk.close()
await rm(folder, { recursive: true })
