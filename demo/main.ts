// [DATABASE_URL=postgres://…] npm run demo -- [--once] [--json] [--store postgres://…] [--root DIR] [--folder DIR] [--concurrency N] [--port N]
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openStellwerk, type Stellwerk } from 'stellwerk'
import { type DemoOptions, parseDemoOptions, UsageError } from './demo-options.ts'
import { type DispatchCount, dispatchPackages } from './dispatch-packages.ts'
import { followJobs } from './follow-jobs.ts'
import { makeFreshStore } from './fresh-store.ts'
import { dispatchHalfWritten } from './half-written-package.ts'
import { demoJobs } from './jobs.ts'
import { type DemoRoom, openRoom } from './open-room.ts'
import { nextSteps, summaryText, withoutPassword } from './print-summary.ts'
import { ProgressLine } from './progress-line.ts'
import { type DemoSummary, summarise } from './summary.ts'

const broken = fileURLToPath(new URL('broken', import.meta.url))

/** Exit codes: 0 = every job is done (a failed one is a result), 2 = the command line is wrong, 130 = interrupted. */
async function main(): Promise<number> {
  const options = readOptions()
  if (options === undefined) return 2
  const interrupted = onInterrupt()
  await makeFreshStore(options)
  const stellwerk = await openStellwerk({ store: options.store, schema: options.schema, jobs: demoJobs, migrate: true })
  let room: DemoRoom | undefined
  try {
    await stellwerk.work({ concurrency: options.concurrency, stateDir: `${options.folder}/state`, label: 'demo' })
    if (!options.once && !options.json) room = await openRoom(stellwerk, options.port)
    if (room !== undefined) console.log(`Control room, logs in once within ten minutes:\n  ${room.link}\n`)
    const summary = await runJobs(stellwerk, options, interrupted)
    if (summary === undefined) return 130
    console.log(options.json ? JSON.stringify(summary) : summaryText(summary))
    if (options.once) return 0
    if (room !== undefined) console.log(nextSteps(options, summary, room.link))
    await untilAborted(interrupted)
    return 0
  } finally {
    await room?.close()
    await stellwerk.close()
  }
}

function readOptions(): DemoOptions | undefined {
  try {
    return parseDemoOptions(process.argv.slice(2), process.env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return undefined
  }
}

/** Dispatches everything and waits for its end; undefined when it was interrupted. */
async function runJobs(
  stellwerk: Stellwerk,
  options: DemoOptions,
  interrupted: AbortSignal,
): Promise<DemoSummary | undefined> {
  const store = withoutPassword(options.store)
  if (!options.json) console.log(`Store: ${store}\nInput: the packages below ${options.root}`)
  const start = performance.now()
  const count: DispatchCount = { packages: 0, jobs: 0 }
  const line = options.json ? undefined : new ProgressLine(process.stdout)
  const seconds = await followJobs(stellwerk, {
    dispatching: dispatchAll(stellwerk, options, count),
    interrupted,
    show: ({ last, ...counts }) => {
      const progress = { ...counts, dispatched: count.jobs, seconds: (performance.now() - start) / 1_000 }
      if (last) line?.end(progress)
      else line?.show(progress)
      return progress.seconds
    },
  })
  if (interrupted.aborted) return undefined
  return summarise(stellwerk, { store, root: options.root, packages: count.packages, dispatched: count.jobs, seconds })
}

async function dispatchAll(stellwerk: Stellwerk, options: DemoOptions, count: DispatchCount): Promise<void> {
  await dispatchHalfWritten(stellwerk, options.folder, count)
  await dispatchPackages(stellwerk, broken, count)
  await dispatchPackages(stellwerk, options.root, count)
}

/** Aborted by the first Ctrl+C or SIGTERM; a second one ends the process as usual. */
function onInterrupt(): AbortSignal {
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
  return interrupt.signal
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

process.exitCode = await main()
