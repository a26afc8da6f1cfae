// What a handler reports is kept with its job: progress, log lines, trace events and a result.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineJob, openStellwerk } from 'stellwerk'
import { z } from 'zod'

const importRows = defineJob({
  name: 'import-rows',
  payload: z.object({ rows: z.array(z.string()) }),
  handle({ rows }, { log, progress, trace }) {
    let imported = 0
    for (const [at, row] of rows.entries()) {
      if (row === '') log.warn('empty row left out', { row: at + 1 })
      else imported++
      progress((100 * (at + 1)) / rows.length, `row ${at + 1} of ${rows.length}`)
    }
    trace('imported', { imported })
    return { imported }
  },
})

const folder = await mkdtemp(join(tmpdir(), 'stellwerk-example-'))
const stellwerk = await openStellwerk({ store: `sqlite:${join(folder, 'jobs.db')}`, jobs: [importRows] })
const { id } = await stellwerk.dispatch(importRows, { rows: ['a', '', 'c', 'd'] })
const station = await stellwerk.work({ stateDir: folder })
await station.untilIdle()

const { job, lines } = await stellwerk.jobDetails(id)
console.log(`${job.state}, ${job.progress} % (${job.progressNote}), result ${job.result}`)
for (const line of lines) {
  if (line.kind === 'log') console.log(`${line.level}: ${line.message} ${JSON.stringify(line.fields)}`)
  if (line.kind === 'trace') console.log(`trace: ${line.event} ${JSON.stringify(line.data)}`)
}

await stellwerk.close()
await rm(folder, { recursive: true })
