// One process of a mixed run, on whichever program it is told: makes the schema, or works, or dispatches until its standard input ends.
import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { openStellwerk as OpenStellwerk } from '../../src/app/open-stellwerk.ts'
import type { defineJob as DefineJob } from '../../src/client/define-job.ts'
import type { MixedEvent, MixedSetup } from './mixed-setup.ts'

/** What is used of either program. */
interface Entrance {
  readonly openStellwerk: typeof OpenStellwerk
  readonly defineJob: typeof DefineJob
}

const setup = JSON.parse(process.argv[2] ?? '') as MixedSetup
const { program, role, address, seed } = setup
const { openStellwerk, defineJob } = (await import(setup.entry)) as Entrance

function tell(event: MixedEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

const sink = openSync(setup.sinkPath, 'a')
const job = defineJob({
  name: 'mixed',
  payload: z.object({ by: z.enum(['old', 'new']), failures: z.number() }),
  tries: 3,
  backoff: '100ms',
  handle: async ({ by, failures }, { job: { id }, fence, attempt, log }) => {
    log.info('at work', { program })
    await sleep(2)
    if (attempt <= failures) throw new Error('this run was told to fail')
    writeSync(sink, `${id} ${fence} ${by} ${program}\n`)
    return { program }
  },
})
const lineOf =
  (level: string) =>
  (message: string, fields: object = {}): void => {
    // The server of the tests keeps nothing for a power cut, and is told so.
    if (message !== 'the store needs attention')
      tell({ e: 'log', level, message: `${message} ${JSON.stringify(fields, textOfError)}` })
  }

function textOfError(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? String(value)) : value
}

const log = { debug: () => undefined, info: () => undefined, warn: lineOf('warn'), error: lineOf('error') }
let stopping = false
process.stdin.resume().once('end', () => {
  stopping = true
})
const stellwerk = await openStellwerk({ ...address, jobs: [job], migrate: role === 'migrate', log })

/** Everything that an application of both programs may call, one after another. */
const calls: Readonly<Record<string, (round: number) => Promise<unknown>>> = {
  dispatch: async (round) => {
    const failures = round % 10 === 0 ? 3 : round % 4 === 0 ? 1 : 0
    const { id } = await stellwerk.dispatch(job, { by: program, failures }, { priority: round % 3 })
    tell({ e: 'acked', jobs: [[id, failures]] })
  },
  dispatchMany: async () => {
    const jobs = await stellwerk.dispatchMany(Array.from({ length: 8 }, () => job.with({ by: program, failures: 0 })))
    tell({ e: 'acked', jobs: jobs.map(({ id }) => [id, 0]) })
  },
  delayed: async () => {
    const { id } = await stellwerk.dispatch(job, { by: program, failures: 0 }, { delay: '300ms', queue: 'late' })
    tell({ e: 'acked', jobs: [[id, 0]] })
  },
  cancel: async () => {
    const { id } = await stellwerk.dispatch(job, { by: program, failures: 0 }, { delay: '1h' })
    await stellwerk.prioritize(id, 2)
    await stellwerk.cancel(id)
    tell({ e: 'cancelled', id })
  },
  read: async () => {
    const { jobs } = await stellwerk.jobs({})
    await Promise.all([stellwerk.queues(), stellwerk.metrics(), stellwerk.countFailed()])
    const id = jobs[0]?.id
    if (id !== undefined) await stellwerk.jobDetails(id)
  },
}

async function dispatchOn(): Promise<void> {
  tell({ e: 'ready' })
  for (let round = seed; !stopping; round++) {
    for (const [call, make] of Object.entries(calls)) {
      await make(round).catch((error: unknown) => tell({ e: 'error', call, message: String(error) }))
    }
    // A load that leaves the lock to others now and then: what is tried is two programs side by side, not one file under six writers at once.
    await sleep(60)
  }
}

async function workOn(): Promise<void> {
  await stellwerk.work({ concurrency: 8, stateDir: setup.stateDir, label: program })
  tell({ e: 'ready' })
  while (!stopping) await sleep(20)
}

if (role === 'dispatcher') await dispatchOn()
if (role === 'station') await workOn()
await stellwerk.close()
process.stdin.destroy()
