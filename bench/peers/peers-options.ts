import { parseArgs } from 'node:util'
import { UsageError } from '../bench-options.ts'
import { type Candidate, candidates } from './candidates.ts'
import { type PeerScenario, peerScenarios } from './run-result.ts'

/** What the command line of `npm run bench:peers` asked for. */
export interface PeersOptions {
  readonly rounds: number
  readonly jobs: number
  readonly samples: number
  readonly concurrency: number
  readonly callers: number
  readonly chunk: number
  readonly candidates: readonly Candidate[]
  readonly scenarios: readonly PeerScenario[]
  readonly json: boolean
  /** docs/benchmarks.md is written: asked for by `--write`, or nothing was left out or made smaller. */
  readonly writes: boolean
}

const whole = { rounds: 3, jobs: 50_000, samples: 500 } as const
const fixed = { concurrency: 100, callers: 50, chunk: 2_000 } as const

/** Reads the command line. @throws UsageError for what is unknown or out of range */
export function parsePeersOptions(args: readonly string[]): PeersOptions {
  const values = parseStrictly(args)
  const rounds = positive('--rounds', values.rounds, 5)
  const jobs = positive('--jobs', values.jobs, whole.jobs)
  const samples = positive('--samples', values.samples, whole.samples)
  const names = chosen('--only', values.only, { known: candidates.map(({ name }) => name), what: 'candidate' })
  const scenarios = chosen('--scenarios', values.scenarios, { known: peerScenarios, what: 'scenario' })
  const isComplete = names.length === candidates.length && scenarios.length === peerScenarios.length
  return {
    rounds,
    jobs,
    samples,
    ...fixed,
    candidates: candidates.filter(({ name }) => names.includes(name)),
    scenarios,
    json: values.json,
    writes: values.write || (isComplete && rounds >= whole.rounds && jobs >= whole.jobs && samples >= whole.samples),
  }
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rounds: { type: 'string' },
        jobs: { type: 'string' },
        samples: { type: 'string' },
        only: { type: 'string' },
        scenarios: { type: 'string' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function chosen<Name extends string>(
  option: string,
  text: string | undefined,
  { known, what }: { readonly known: readonly Name[]; readonly what: string },
): readonly Name[] {
  if (text === undefined) return known
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !known.some((candidate) => candidate === name))
  if (unknown !== undefined)
    throw new UsageError(`${option} ${text}: no ${what} '${unknown}'; give some of ${known.join(', ')}`)
  return known.filter((name) => names.includes(name))
}

function positive(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`${option} ${text}: give an integer of 1 or more`)
  return value
}
