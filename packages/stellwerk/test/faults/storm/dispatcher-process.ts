// A dispatcher of a storm: each number on its standard input is so many jobs to dispatch; it ends with its input.
import { createInterface } from 'node:readline'
import { openStellwerk } from '../../../src/app/open-stellwerk.ts'
import { isStellwerkError } from '../../../src/domain/errors.ts'
import type { FaultPayload, ProcessSetup } from '../checker/history-event.ts'
import { randomOf } from '../fault-scale.ts'
import { tell } from './report-line.ts'
import { stormJob } from './storm-jobs.ts'

const setup = JSON.parse(process.argv[2] ?? '') as ProcessSetup
const random = randomOf(setup.seed)
const job = stormJob(
  () => undefined,
  () => undefined,
)
const stellwerk = await openStellwerk({ ...setup.address, jobs: [job] })

let dispatched = 0

function nextPayload(): FaultPayload {
  const kind = random()
  const key = `${setup.seed}-${dispatched++}`
  return {
    key,
    ms: Math.floor(random() * 21),
    failures: kind < 0.05 ? 1 : kind < 0.08 ? 3 : 0,
    poison: false,
  }
}

/** Half of them in one statement, half side by side. */
async function dispatch(count: number): Promise<void> {
  const payloads = Array.from({ length: count }, nextPayload)
  try {
    if (random() < 0.5) {
      const jobs = await stellwerk.dispatchMany(payloads.map((payload) => job.with(payload)))
      tell({ e: 'acked', jobs: jobs.map(({ id }, index) => [id, payloads[index] as FaultPayload] as const) })
    } else {
      await Promise.all(
        payloads.map(async (payload) => {
          const { id } = await stellwerk.dispatch(job, payload)
          tell({ e: 'acked', jobs: [[id, payload]] })
        }),
      )
    }
  } catch (error) {
    tell({ e: 'refused-dispatch', count, code: isStellwerkError(error) ? error.code : String(error) })
  }
}

tell({ e: 'ready', station: '' })
for await (const line of createInterface({ input: process.stdin })) await dispatch(Number(line))
await stellwerk.close()
