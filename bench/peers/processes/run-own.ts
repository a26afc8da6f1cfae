import { readFileSync } from 'node:fs'
import { makeBenchGround } from '../../bench-store.ts'
import { scenarios } from '../../scenarios.ts'
import { allHold, brokenChecks } from '../../verify-store.ts'
import type { RunOrder, RunResult } from '../run-result.ts'

/** Runs one round of a scenario of ours, as `npm run bench` does, on `sqlite` or in the empty database at the address. */
export async function runOwn(order: RunOrder): Promise<RunResult> {
  const { address, callers, chunk, jobs, processes, samples, scenario } = order
  // What is given to the others as one number is here that of each process.
  const concurrency = Math.ceil(order.concurrency / (processes ?? 1))
  const work = { executor: processes === null ? 'inline' : 'process', processes: processes ?? 1 } as const
  const ground = await makeBenchGround(address)
  try {
    const options = {
      store: address,
      concurrency,
      callers,
      chunk,
      rounds: 1,
      // Of heartbeats, which no peer has.
      seconds: 60,
      across: false,
      json: true,
      ...work,
    } as const
    const count = scenario === 'latency' ? samples : jobs
    const { figures, checks, storeFacts } = await scenarios[scenario]({ ...options, scenario, jobs: count }, ground)
    const broken = brokenChecks(checks)
    return {
      figures: Object.fromEntries(
        Object.entries(figures).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
      ),
      broken: allHold(checks) || broken.length > 0 ? broken : ['verified'],
      facts: { version: ownVersion(), ...storeFacts },
    }
  } finally {
    await ground.remove()
  }
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../../../packages/stellwerk/package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { readonly version: string }).version
}
