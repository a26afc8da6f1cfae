import { parseArgs } from 'node:util'
import { UsageError } from '../bench-options.ts'

/** What is to be written. */
export interface SeedOptions {
  /** `sqlite:<path>` or `postgres://…`. */
  readonly store: string
  readonly schema: string
  readonly finished: number
  readonly waiting: number
  readonly delayed: number
  readonly failed: number
  /** Length of the history, ending now. */
  readonly days: number
  /** The same seed writes the same history. */
  readonly seed: number
}

/** Reads the command line. @throws UsageError for what is unknown or out of range */
export function parseSeedOptions(args: readonly string[]): SeedOptions {
  const { values } = parseStrictly(args)
  if (!/^(sqlite:.|postgres(ql)?:\/\/.)/.test(values.store))
    throw new UsageError(`--store '${values.store}': give sqlite:<path> or postgres://user@host/database`)
  return {
    store: values.store,
    schema: values.schema,
    finished: wholeNumber('--finished', values.finished),
    waiting: wholeNumber('--waiting', values.waiting),
    delayed: wholeNumber('--delayed', values.delayed),
    failed: wholeNumber('--failed', values.failed),
    days: Math.max(1, wholeNumber('--days', values.days)),
    seed: wholeNumber('--seed', values.seed),
  }
}

function parseStrictly(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        store: { type: 'string', default: '' },
        schema: { type: 'string', default: 'stellwerk' },
        finished: { type: 'string', default: '100000' },
        waiting: { type: 'string', default: '0' },
        delayed: { type: 'string', default: '0' },
        failed: { type: 'string', default: '0' },
        days: { type: 'string', default: '365' },
        seed: { type: 'string', default: '1' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 100_000_000)
    throw new UsageError(`${option} ${text}: give a whole number from 0 to 100000000`)
  return value
}
