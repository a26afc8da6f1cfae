// npm run bench -- SCENARIO [options]: see README.md.
import { type BenchOptions, parseBenchOptions, UsageError } from './bench-options.ts'
import { makeBenchGround } from './bench-store.ts'
import { machineFacts } from './machine-facts.ts'
import type { Figure } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { allHold, brokenChecks, type Checks } from './verify-store.ts'

/** Exit codes: 0 = all verified, 1 = a check did not hold or the run broke, 2 = the command line is wrong. */
async function main(): Promise<number> {
  const options = readOptions()
  if (options === undefined) return 2
  const machine = machineFacts()
  const ground = await makeBenchGround(options.store)
  try {
    const { figures, checks, storeFacts } = await scenarios[options.scenario](options, ground)
    const verified = allHold(checks)
    const result = { scenario: options.scenario, store: ground.kind, ...figures, verified }
    if (options.json)
      console.log(JSON.stringify({ ...result, checks: merge(checks), store_facts: storeFacts, machine }))
    else printTable(result, { ...storeFacts, ...machine })
    if (!verified) console.error(`not verified: ${brokenChecks(checks).join(', ')}`)
    return verified ? 0 : 1
  } finally {
    await ground.remove()
  }
}

function readOptions(): BenchOptions | undefined {
  try {
    return parseBenchOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return undefined
  }
}

/** A check holds when it held in every round. */
function merge(checks: readonly Checks[]): Checks {
  const names = [...new Set(checks.flatMap((round) => Object.keys(round)))]
  return Object.fromEntries(names.map((name) => [name, checks.every((round) => round[name] !== false)]))
}

function printTable(result: Readonly<Record<string, Figure>>, facts: Readonly<Record<string, Figure>>): void {
  const names = [...Object.keys(result), ...Object.keys(facts)]
  const width = Math.max(...names.map((name) => name.length))
  const line = ([name, value]: readonly [string, Figure]): string =>
    `${name.padEnd(width)}  ${typeof value === 'number' ? value.toLocaleString('en') : String(value)}`
  console.log(Object.entries(result).map(line).join('\n'))
  console.log(`\n${Object.entries(facts).map(line).join('\n')}`)
}

process.exitCode = await main()
