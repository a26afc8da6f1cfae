// Dispatches and works on a small file system of its own, which a filler fills and leaves again; tells what came of each cycle.
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { defineJob } from '../../../src/client/define-job.ts'
import { isStellwerkError } from '../../../src/domain/errors.ts'
import type { FullDiskReport } from './full-disk-report.ts'

const [folder = '', copyPath = '', cycles = '1'] = process.argv.slice(2)
const path = join(folder, 'store.db')
const job = defineJob({ name: 'large', payload: z.object({ text: z.string() }), handle: async () => undefined })
const stellwerk = await openStellwerk({ store: `sqlite:${path}`, jobs: [job] })
const station = await stellwerk.work({ lease: '1s', stateDir: join(folder, 'state'), concurrency: 4 })
const block = Buffer.alloc(16 * 1024, 1)
const report: FullDiskReport = { acknowledged: [], refusals: {}, full: 0, read: 0, healedMs: [] }

function fill(): void {
  const filler = openSync(join(folder, 'filler'), 'w')
  try {
    for (;;) writeSync(filler, block)
  } catch {
    report.full++
  }
  closeSync(filler)
}

async function dispatch(): Promise<boolean> {
  try {
    const { id } = await stellwerk.dispatch(job, { text: 'x'.repeat(20_000) })
    report.acknowledged.push(id)
    return true
  } catch (error) {
    const code = isStellwerkError(error) ? error.code : `no code: ${String(error)}`
    report.refusals[code] = (report.refusals[code] ?? 0) + 1
    return false
  }
}

for (let cycle = 0; cycle < Number(cycles); cycle++) {
  for (let count = 0; count < 5; count++) await dispatch()
  fill()
  // What the log had room for may still be taken; in the end nothing is.
  for (let refused = 0; refused < 5; ) if (!(await dispatch())) refused++
  const reader = new DatabaseSync(path, { readOnly: true })
  if (reader.prepare('SELECT count(*) AS n FROM job').get() !== undefined) report.read++
  reader.close()
  rmSync(join(folder, 'filler'))
  const startedMs = performance.now()
  while (!(await dispatch())) await new Promise((resolve) => setTimeout(resolve, 20))
  await station.untilIdle()
  report.healedMs.push(Math.round(performance.now() - startedMs))
}
await stellwerk.close()
const copy = new DatabaseSync(path)
copy.prepare('VACUUM INTO ?').run(copyPath)
copy.close()
process.stdout.write(`${JSON.stringify(report)}\n`)
