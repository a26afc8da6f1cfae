import { fileURLToPath } from 'node:url'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { stopOnSignals } from '../../../src/cli/stop-on-signals.ts'
import type { WorkOptions } from '../../../src/client/work-options.ts'
import { silentLog } from '../../../src/std/log.ts'
import * as jobs from './fault-jobs.ts'

/** What a station of a fault is told on its command line, as JSON. */
export interface StationArguments {
  readonly address: { readonly store: string; readonly schema?: string }
  readonly options: WorkOptions
}

const { address, options } = JSON.parse(process.argv[2] ?? '') as StationArguments
const counts = { completed: 0, refused: 0, returned: 0, crashed: 0 }
const isInline = options.executor === 'inline'
const stellwerk = await openStellwerk({ ...address, log: silentLog, jobs: isInline ? Object.values(jobs) : [] })
const station = await stellwerk.work({
  ...options,
  ...(isInline ? {} : { executor: 'process', modules: [fileURLToPath(new URL('./fault-jobs.ts', import.meta.url))] }),
  onEvent: (event) => {
    if (event.kind === 'ended' && event.outcome in counts) counts[event.outcome as keyof typeof counts]++
  },
})
const graceMs = Number(options.grace ?? 30_000)
const signals = stopOnSignals(station, { graceMs, log: silentLog })
process.stdout.write(`ready ${station.id}\n`)
await station.untilStopped()
signals.release()
await stellwerk.close()
process.stdout.write(`counts ${JSON.stringify(counts)}\n`)
