// A writer: each number on its standard input is so many MiB of jobs to dispatch. It works too, where it is told; its log goes to its output.
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { defineJob } from '../../../src/client/define-job.ts'
import { silentLog } from '../../../src/std/log.ts'
import type { WriterSaid, WriterSetup } from './writer-setup.ts'

const setup = JSON.parse(process.argv[2] ?? '') as WriterSetup
const tell = (said: WriterSaid): boolean => process.stdout.write(`${JSON.stringify(said)}\n`)
const job = defineJob({ name: 'heavy', payload: z.object({ text: z.string() }), handle: async () => undefined })
const log = {
  ...silentLog,
  info: (message: string, fields: object = {}): void => void tell({ e: 'log', message, ...fields }),
  warn: (message: string, fields: object = {}): void => void tell({ e: 'log', message, ...fields }),
}
const stellwerk = await openStellwerk({ store: setup.store, jobs: [job], log })
if (setup.works) await stellwerk.work({ stateDir: setup.stateDir, concurrency: 8 })
const text = 'x'.repeat(128 * 1024)
tell({ e: 'ready' })
for await (const line of createInterface({ input: process.stdin })) {
  for (let mebibytes = 0; mebibytes < Number(line); mebibytes++) {
    await stellwerk.dispatchMany(Array.from({ length: 8 }, () => job.with({ text })))
    await sleep(500) // At most 2 MiB a second and writer.
  }
  tell({ e: 'written' })
}
await stellwerk.close()
