// npm run bench:peers [-- options]: see README.md.
import { UsageError } from '../bench-options.ts'
import { machineFacts } from '../machine-facts.ts'
import { compareRuns } from './compare-runs.ts'
import { installPeers } from './install-peers.ts'
import { type PeersOptions, parsePeersOptions } from './peers-options.ts'
import { hasRedisServer } from './redis-server.ts'
import { benchmarksReport, figuresReport, type ReportInput, type ReportOccasion } from './report.ts'
import { type Run, runInTurn } from './run-in-turn.ts'
import { makeTurnGround } from './turn-ground.ts'
import { benchmarksPath, writeBenchmarks } from './write-benchmarks.ts'

/** Exit codes: 0 = all verified, 1 = a check did not hold or a run broke, 2 = the command line is wrong. */
async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const asked = readOptions(args)
  if (asked === undefined) return 2
  const options = withoutMissingServers(asked)
  if (options.candidates.length === 0) {
    console.error('nothing is left to run')
    return 1
  }
  if (options.candidates.some(({ isOurs }) => !isOurs) && !installPeers()) return 1
  const machine = machineFacts()
  const ground = await makeTurnGround(options.candidates.map((candidate) => candidate.ground))
  try {
    const runs = await runInTurn(options, ground, (run) => console.error(progressLine(run)))
    const command = ['npm run bench:peers', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
    return await report({ comparison: compareRuns(runs, options), runs, options }, { machine, command })
  } finally {
    await ground.remove()
  }
}

/** Prints, and writes the document where the run may stand for it; returns the exit code. */
async function report(input: ReportInput, occasion: Omit<ReportOccasion, 'date'>): Promise<number> {
  const { comparison, options, runs } = input
  const broken = runs.filter((run) => run.broken.length > 0)
  const verified = broken.length === 0
  console.log(figuresReport(input))
  if (verified && options.writes) {
    await writeBenchmarks(benchmarksReport(input, { ...occasion, date: new Date().toISOString().slice(0, 10) }))
    console.error(`written: ${benchmarksPath}`)
  } else {
    console.error(
      `${benchmarksPath} is left as it was: it is written by a whole run that was verified, or with --write`,
    )
  }
  for (const { candidate, scenario, round, broken: names } of broken) {
    console.error(`not verified: ${scenario}, ${candidate}, round ${round + 1}: ${names.join(', ')}`)
  }
  if (options.json) console.log(JSON.stringify({ verified, machine: occasion.machine, ...comparison, runs }))
  return verified ? 0 : 1
}

function readOptions(args: readonly string[]): PeersOptions | undefined {
  try {
    return parsePeersOptions(args)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return undefined
  }
}

/** Leaves out, with a line that says so, what needs a server that this machine lacks. */
function withoutMissingServers(options: PeersOptions): PeersOptions {
  const onRedis = options.candidates.filter(({ ground }) => ground.startsWith('redis'))
  if (onRedis.length === 0 || hasRedisServer()) return options
  const names = onRedis.map(({ name }) => name).join(', ')
  console.error(`skipped: ${names}: there is no redis-server on the path (Debian: apt-get install redis-server)`)
  // The document is not written without them, unless that was asked for.
  const writes = options.writes && process.argv.includes('--write')
  return { ...options, writes, candidates: options.candidates.filter((one) => !onRedis.includes(one)) }
}

function progressLine({ scenario, round, candidate, figures, broken }: Run): string {
  const shown = ['jobs_per_second', 'p50_ms', 'p99_ms'].flatMap((name) => {
    const figure = figures[name]
    return figure === undefined ? [] : [`${name} ${figure.toLocaleString('en', { maximumFractionDigits: 2 })}`]
  })
  const verified = broken.length === 0 ? 'verified' : `NOT VERIFIED: ${broken.join(', ')}`
  return `${scenario}, round ${round + 1}, ${candidate}: ${shown.join(', ')}, ${verified}`
}

process.exitCode = await main()
