import { parseArgs } from 'node:util'

/** The scenarios of `npm run bench`, in the order the README lists them. */
export const scenarioNames = [
  'enqueue-bulk',
  'enqueue-single',
  'drain',
  'latency',
  'station-memory',
  'loop-block',
  'heartbeats',
] as const

/** One of {@link scenarioNames}. */
export type ScenarioName = (typeof scenarioNames)[number]

/** What the command line asked for. */
export interface BenchOptions {
  readonly scenario: ScenarioName
  /** `sqlite`, `postgres` (a durable temporary server) or the address of a server. */
  readonly store: string
  /** null = the scenario's own figure. */
  readonly jobs: number | null
  readonly concurrency: number
  readonly executor: 'inline' | 'process'
  /** Worker processes, with the process executor. */
  readonly processes: number
  readonly callers: number
  readonly chunk: number
  readonly rounds: number | null
  /** `latency` only: the station runs in another process. */
  readonly across: boolean
  /** `heartbeats` only: how long each half of it takes. */
  readonly seconds: number
  readonly json: boolean
}

/** A command line that cannot be run, in one line; exit code 2. */
export class UsageError extends Error {}

/** Reads the command line. @throws UsageError for what is unknown or out of range */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseStrictly(args)
  const [scenario, ...rest] = positionals
  if (!isScenario(scenario) || rest.length > 0) {
    throw new UsageError(`give one scenario: ${scenarioNames.join(', ')} (got '${positionals.join(' ')}')`)
  }
  const { executor } = values
  if (executor !== 'inline' && executor !== 'process')
    throw new UsageError(`--executor ${executor}: give inline or process`)
  if (executor === 'process' && scenario !== 'drain')
    throw new UsageError(`--executor process: only the scenario drain runs in worker processes, not ${scenario}`)
  if (!/^(sqlite|postgres)$|^postgres(ql)?:\/\//.test(values.store)) {
    throw new UsageError(`--store ${values.store}: give sqlite, postgres, or postgres://user@host/database`)
  }
  return {
    scenario,
    store: values.store,
    jobs: values.jobs === undefined ? null : positive('--jobs', values.jobs),
    concurrency: positive('--concurrency', values.concurrency),
    executor,
    processes: positive('--processes', values.processes),
    callers: positive('--callers', values.callers),
    chunk: positive('--chunk', values.chunk),
    rounds: values.rounds === undefined ? null : positive('--rounds', values.rounds),
    across: values.across,
    seconds: positive('--seconds', values.seconds),
    json: values.json,
  }
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        store: { type: 'string', default: 'sqlite' },
        jobs: { type: 'string' },
        concurrency: { type: 'string', default: '100' },
        callers: { type: 'string', default: '50' },
        chunk: { type: 'string', default: '2000' },
        executor: { type: 'string', default: 'inline' },
        processes: { type: 'string', default: '2' },
        rounds: { type: 'string' },
        across: { type: 'boolean', default: false },
        seconds: { type: 'string', default: '60' },
        json: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function isScenario(name: string | undefined): name is ScenarioName {
  return scenarioNames.some((known) => known === name)
}

function positive(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`${option} ${text}: give an integer of 1 or more`)
  return value
}
